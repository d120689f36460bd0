import { TASKS } from '@botlab/data';
import { ENGINE_NAMES } from '@botlab/engine/light';
import { InvalidArgumentError, Option } from 'commander';

/** A whole number from `least` to `most`. */
export function whole(least: number, most = 2 ** 31 - 1): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}`);
  };
}

/** A number above 0, of `most` at most. */
export function positive(most = Infinity): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^[\d.]+(e[+-]?\d+)?$/i.test(text) && value > 0 && value <= most) return value;
    const limit = most === Infinity ? '' : `, ${most} at most`;
    throw new InvalidArgumentError(`Expected a number above 0${limit}`);
  };
}

/** Names separated by commas. */
export function list(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) {
    throw new InvalidArgumentError('Expected names separated by commas');
  }
  return [...new Set(names)];
}

export const dataOption = (): Option =>
  new Option(
    '--data <dir>',
    'folder of N-BaIoT CSV files, in the layout of UCI or of Kaggle (default: the simulated data set)',
  );

export const cacheOption = (): Option =>
  new Option(
    '--cache <dir>',
    "folder to keep the simulated data set in (default: what BOTLAB_CACHE names, else in the system's cache folder)",
  );

export const engineOption = (): Option =>
  new Option('--engine <name>', 'what does the maths')
    .choices(['auto', ...ENGINE_NAMES])
    .default('auto');

export const threadsOption = (): Option =>
  new Option(
    '--threads <n>',
    'threads of an engine that computes with several; changes no result (default: every core)',
  ).argParser(whole(1, 1024));

export const jsonOption = (): Option =>
  new Option('--json', 'print the result as JSON on standard output');

export const outOption = (): Option =>
  new Option('--out <dir>', 'folder for run folders, tables and the report').default('runs');

export const modelsOption = (): Option =>
  new Option(
    '--models <names>',
    'models, separated by commas (default: those of the paper, and the baselines)',
  ).argParser(list);

export const seedsOption = (): Option =>
  new Option('--seeds <count>', 'how many seeds, counted up from --seed (default: 1)').argParser(
    whole(1, 1000),
  );

export const resultsOption = (): Option =>
  new Option(
    '--results <dir>',
    'also write what is worth keeping, without rows, as JSON and Markdown into this folder',
  );

export const taskOption = (): Option =>
  new Option('--task <name>', 'one task (default: both; with --split family binary)').choices(
    TASKS,
  );
