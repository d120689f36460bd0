import { CLASSES, FEATURES } from '@botlab/data';
import { count, markdownTable, percent } from '@botlab/training';
import type { BenchRow } from './benchmark';
import type { DispatchCount } from './dispatch-count';
import { optional, short } from './short-number';
import type { StepProfile } from './step-profile';

/** Kernels that are shown, the dearest first. */
const SHOWN = 25;

/** What the rows are that all figures here are of. */
const SYNTHETIC = `Synthetic rows: ${FEATURES.length} standard-normal features, random labels of ${CLASSES.length} classes`;

function titleOf({ model, width }: Pick<BenchRow, 'model' | 'width'>): string {
  return width === null ? model : `${model} width=${width}`;
}

const threadsText = (threads: number): string => `${threads} thread${threads === 1 ? '' : 's'}`;

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
    ['ms a step', ({ ms }) => short(ms)],
    ['steps/s', ({ ms }) => short(1000 / ms)],
    ['rows/s', ({ rowsPerSecond }) => short(rowsPerSecond)],
    compared && [`${against}, ms`, ({ againstMs }) => short(againstMs!)],
    compared && [`ours / ${against}`, ({ ratio }) => ratio!.toFixed(2)],
    memory && ['peak MB', ({ peakMemoryMB }) => optional(peakMemoryMB)],
    memory &&
      compared && [
        `${against}, peak MB`,
        ({ againstPeakMemoryMB }) => optional(againstPeakMemoryMB),
      ],
  ] satisfies ([string, (row: BenchRow) => string] | false)[];
  const shown = columns.filter((column) => column !== false);
  return [
    `${SYNTHETIC}; ${count(batch)} in a batch; ${threadsText(threads)}.`,
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
      rows.map((row) => [titleOf(row), short(row.dispatchesPerStep)]),
    ),
  ].join('\n');
}

/** Where the time of training steps goes, for a terminal. */
export function profileText(profiles: readonly StepProfile[], engine: string): string {
  const { batch, threads } = profiles[0]!;
  return [
    `${SYNTHETIC}; ${count(batch)} in a batch; ${threadsText(threads)}.`,
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
    calls === undefined ? '' : short(calls),
    short(time),
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
