import { CLASSES } from './class-label';
import { identicalRows } from './identical-rows';
import { partition } from './partition';
import { bothSides } from './percent';
import { Random } from '@botlab/random';
import { range } from './range';
import type { SplitRequest, TestRows } from './split';
import type { Table } from './table';

/**
 * Test rows in whole groups of identical rows (as float32), each class near its proportion.
 *
 * Groups are taken in random order, and each goes to the test side if it fits: if no class of its
 * rows exceeds its target by it. Floods have groups larger than any target, which stay in training;
 * the many small groups fill up what is missing. A class that got no group this way (none was small
 * enough) then gives its smallest, as far as that leaves every class a group to train on.
 */
export function splitByGroup(table: Table, { seed, testFraction }: SplitRequest): TestRows {
  const { group, groups } = identicalRows(table);
  const members = partition(group, groups);
  const counts = members.map((rows) => classCounts(table.label, rows));
  const target = table.classCounts().map((count) => Math.round(testFraction * count));
  const tested = CLASSES.map(() => 0);
  const inTest = new Uint8Array(groups);

  const move = (index: number): void => {
    inTest[index] = 1;
    for (const [label, count] of counts[index] ?? []) tested[label] = (tested[label] ?? 0) + count;
  };
  const fits = (index: number): boolean =>
    [...(counts[index] ?? [])].every(
      ([label, count]) => (tested[label] ?? 0) + count <= (target[label] ?? 0),
    );
  for (const index of new Random(seed, 'split', 'grouped').shuffle(range(groups))) {
    if (fits(index)) move(index);
  }

  const total = table.classCounts();
  for (const { index: label } of CLASSES) {
    if ((total[label] ?? 0) === 0 || (tested[label] ?? 0) > 0) continue;
    const spared = Array.from(range(groups)).filter(
      (index) =>
        inTest[index] === 0 &&
        counts[index]?.has(label) === true &&
        [...(counts[index] ?? [])].every(
          ([other, count]) => (tested[other] ?? 0) + count < (total[other] ?? 0),
        ),
    );
    const size = (index: number): number => members[index]?.length ?? 0;
    spared.sort((a, b) => size(a) - size(b));
    if (spared[0] !== undefined) move(spared[0]);
  }
  return {
    test: Array.from(range(table.rows)).filter((row) => inTest[group[row] ?? 0] === 1),
    description: `stratified by class with identical rows on one side, about ${bothSides(testFraction)} of rows`,
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
