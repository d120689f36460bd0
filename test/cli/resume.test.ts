import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { botlab, botlabUntil, type Stop, temporaryFolder } from './botlab';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const data = writeSyntheticFolder(join(root, 'data'));
const args = (out: string) => [
  ...['train', 'res-1dcnn-lstm', '--set', 'width=4', '--data', data, '--out', join(root, out)],
  ...['--rows', '100', '--epochs', '6', '--task', 'multiclass'],
];
const folder = (out: string) =>
  join(root, out, 'train', 'multiclass', 'res-1dcnn-lstm-width=4', '1');
const weights = (out: string): string => {
  const text = readFileSync(join(folder(out), 'metrics.json'), 'utf8');
  return (JSON.parse(text) as { weights: string }).weights;
};
const filesOf = (out: string): string[] =>
  readdirSync(folder(out), { recursive: true, encoding: 'utf8' }).sort();

beforeAll(() => {
  expect(botlab(...args('whole'))).toMatchObject({ code: 0 });
});

/** Places in a run, in its order: what is killed at each goes on from what the one before had left. */
const PLACES = (
  [
    ['config.json', ['half', 'written']],
    ['scaler.json', ['half']],
    ['history.jsonl', ['half', 'written', 'renamed']], // after the first epoch
    ['last.safetensors', ['half', 'renamed']],
    ['history.jsonl', ['renamed']], // of a later epoch, which the checkpoint does not have yet
    ['weights.safetensors', ['half', 'renamed']],
    ['predictions.parquet', ['written']],
    ['metrics.json', ['half', 'renamed']],
    ['DONE', ['written']],
  ] as [string, Stop['moment'][]][]
).flatMap(([file, moments]) => moments.map((moment) => ({ file, moment })));

it('ends with the same weights when killed at every file that it writes', () => {
  for (const { file, moment } of PLACES) {
    const killed = botlabUntil({ file, moment, signals: ['SIGKILL'] }, ...args('killed'));
    expect({ file, moment, ...killed }).toMatchObject({ file, moment, signal: 'SIGKILL' });
  }
  expect(botlab(...args('killed'))).toMatchObject({ code: 0 });
  expect(weights('killed')).toBe(weights('whole'));
  expect(filesOf('killed')).toEqual(filesOf('whole'));
});

const isEpoch = (line: string): boolean => /^res-1dcnn-lstm multiclass epoch \d\/6: /.test(line);

it.each([
  ['once', ['SIGINT']],
  ['by SIGTERM', ['SIGTERM']],
] as const)('stops at Ctrl-C with one line (%s), and goes on', (name, signals) => {
  const stop: Stop = { file: 'history.jsonl', moment: 'renamed', signals };
  const { code, signal, stdout, stderr } = botlabUntil(stop, ...args(name));
  expect({ code, signal, stdout }).toEqual({ code: 130, signal: null, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter((line) => !isEpoch(line))).toEqual([
    'botlab: interrupted; run the same command again to go on.',
  ]);
  expect(lines.filter(isEpoch).length).toBeLessThan(3);
  expect(botlab(...args(name)).code).toBe(0);
  expect(weights(name)).toBe(weights('whole'));
  expect(filesOf(name)).toEqual(filesOf('whole'));
});
