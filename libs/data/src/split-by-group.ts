import { Random } from '@botlab/random';
import { CLASSES } from './class-label';
import { partition } from './partition';
import { bothSides, percent } from './percent';
import { range } from './range';
import { type ChosenRows, type SplitRequest, STREAMS } from './split-request';
import type { Table } from './table';

/**
 * Rows in whole groups of identical ones, each class near its proportion.
 *
 * Groups are taken in random order, and each is chosen if it fits: if no class of its rows exceeds
 * its target by it. Floods have groups larger than any target, which stay in training; the many small
 * groups fill up what is missing. A class that got no group this way (none was small enough) then
 * gives its smallest, as far as that leaves every class a group to train on.
 */
export function splitByGroup(
  table: Table,
  { seed, purpose, fraction, groups: { group, groups } }: SplitRequest,
): ChosenRows {
  const members = partition(group, groups);
  const counts = members.map((rows) => classCounts(table.label, rows));
  const total = table.classCounts();
  const target = total.map((count) => Math.round(fraction * count));
  const taken = CLASSES.map(() => 0);
  const isChosen = new Uint8Array(groups);

  const choose = (index: number): void => {
    isChosen[index] = 1;
    for (const [label, count] of counts[index] ?? []) taken[label] = (taken[label] ?? 0) + count;
  };
  const fits = (index: number): boolean =>
    [...(counts[index] ?? [])].every(
      ([label, count]) => (taken[label] ?? 0) + count <= (target[label] ?? 0),
    );
  for (const index of new Random(seed, STREAMS[purpose], 'grouped').shuffle(range(groups))) {
    if (fits(index)) choose(index);
  }

  for (const { index: label } of CLASSES) {
    if ((total[label] ?? 0) === 0 || (taken[label] ?? 0) > 0) continue;
    const spared = Array.from(range(groups)).filter(
      (index) =>
        isChosen[index] === 0 &&
        counts[index]?.has(label) === true &&
        [...(counts[index] ?? [])].every(
          ([other, count]) => (taken[other] ?? 0) + count < (total[other] ?? 0),
        ),
    );
    const size = (index: number): number => members[index]?.length ?? 0;
    spared.sort((a, b) => size(a) - size(b));
    if (spared[0] !== undefined) choose(spared[0]);
  }
  return {
    chosen: Array.from(range(table.rows)).filter((row) => isChosen[group[row] ?? 0] === 1),
    description:
      purpose === 'test'
        ? `stratified by class with identical rows on one side, about ${bothSides(fraction)} of rows`
        : `about ${percent(fraction)} of the training rows, stratified by class with identical rows on one side`,
  };
}

/** How many of the rows each class has, for the classes that have any. */
function classCounts(labels: Uint8Array, rows: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const label = labels[row] ?? 0;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
