import { CLASSES, FEATURES } from '@botlab/data';
import { count, counted, markdownTable, percent, shortNumber } from '@botlab/text';
import { measuredText } from '../measured-text';
import type { BenchRow } from './benchmark';
import type { DispatchCount } from './dispatch-count';
import type { StepProfile } from './step-profile';

/** Kernels that are shown, the dearest first. */
const SHOWN = 25;

/** What the rows are that all figures here are of. */
const SYNTHETIC = `Synthetic rows: ${FEATURES.length} standard-normal features, random labels of ${CLASSES.length} classes`;

function titleOf({ model, width }: Pick<BenchRow, 'model' | 'width'>): string {
  return width === null ? model : `${model} width=${width}`;
}

/**
 * Rows of a benchmark, for a terminal.
 *
 * @param titles what was measured, and what it was compared with
 */
export function benchText(
  rows: readonly BenchRow[],
  titles: { readonly engine: string; readonly against?: string },
): string {
  const { batch, threads, against } = rows[0]!;
  const compared = against !== null;
  const memory = rows.some(({ peakMemoryMB }) => peakMemoryMB !== undefined);
  const columns = [
    ['model', titleOf],
    ['work', ({ work }) => work],
    ['ms a step', ({ ms }) => shortNumber(ms)],
    ['steps/s', ({ ms }) => shortNumber(1000 / ms)],
    ['rows/s', ({ rowsPerSecond }) => shortNumber(rowsPerSecond)],
    compared && [`${against}, ms`, ({ againstMs }) => shortNumber(againstMs!)],
    compared && [`ours / ${against}`, ({ ratio }) => ratio!.toFixed(2)],
    memory && ['peak MB', ({ peakMemoryMB }) => measuredText(peakMemoryMB)],
    memory &&
      compared && [
        `${against}, peak MB`,
        ({ againstPeakMemoryMB }) => measuredText(againstPeakMemoryMB),
      ],
  ] satisfies ([string, (row: BenchRow) => string] | false)[];
  const shown = columns.filter((column) => column !== false);
  return [
    `${SYNTHETIC}; ${count(batch)} in a batch; ${counted(threads, 'thread')}.`,
    `Engine ${titles.engine}${titles.against === undefined ? '' : ` against ${titles.against}, in turns`}.`,
    '',
    markdownTable(
      shown.map(([heading]) => heading),
      rows.map((row) => shown.map(([, cell]) => cell(row))),
    ),
  ].join('\n');
}

/** Dispatches of training steps, for a terminal. */
export function dispatchText(rows: readonly DispatchCount[], engine: string): string {
  return [
    `${SYNTHETIC}; ${count(rows[0]!.batch)} in a batch.`,
    `Engine ${engine}.`,
    '',
    markdownTable(
      ['model', 'dispatches a step'],
      rows.map((row) => [titleOf(row), shortNumber(row.dispatchesPerStep)]),
    ),
  ].join('\n');
}

/** Where the time of training steps goes, for a terminal. */
export function profileText(profiles: readonly StepProfile[], engine: string): string {
  const { batch, threads } = profiles[0]!;
  return [
    `${SYNTHETIC}; ${count(batch)} in a batch; ${counted(threads, 'thread')}.`,
    `Engine ${engine}.`,
    ...profiles.flatMap((profile) => ['', profileTable(profile)]),
  ].join('\n');
}

function profileTable(profile: StepProfile): string {
  const { ms, outsideMs, kernels } = profile;
  const rest = kernels.slice(SHOWN);
  const sum = (key: 'calls' | 'ms'): number => rest.reduce((total, one) => total + one[key], 0);
  const line = (name: string, calls: number | undefined, time: number): string[] => [
    name,
    calls === undefined ? '' : shortNumber(calls),
    shortNumber(time),
    percent(time / ms),
  ];
  return markdownTable(
    [`${titleOf(profile)}: kernel`, 'calls a step', 'ms a step', '%'],
    [
      ...kernels.slice(0, SHOWN).map((kernel) => line(kernel.name, kernel.calls, kernel.ms)),
      ...(rest.length > 0 ? [line(`${rest.length} others`, sum('calls'), sum('ms'))] : []),
      line('tfjs and JavaScript', undefined, outsideMs),
      line('a training step', undefined, ms),
    ],
  );
}
