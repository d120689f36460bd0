import { Random } from '@botlab/random';
import { ClassTrees } from './class-trees';
import { codeColumns } from './codes';
import { findEdges } from './edges';
import { GiniTreeGrower } from './gini-tree';
import { type LabelledRows, requireLabelledRows } from './rows';
import { requireWhole } from './tree-options';

export interface TreeOptions {
  /** How many splits a row meets at most (default: no limit). */
  readonly depth?: number;
  /** How many rows each leaf has at least (default 1). */
  readonly leastRows?: number;
  /** Of the sample that the bins are of, where there are more than 50,000 rows (default 0). */
  readonly seed?: number;
}

/**
 * A classification tree (CART; Breiman, Friedman, Olshen and Stone 1984), split by Gini impurity.
 *
 * @throws InputError for rows or options that no tree can be fitted with
 */
export function fitTree(
  data: LabelledRows,
  { depth = Infinity, leastRows = 1, seed = 0 }: TreeOptions = {},
): ClassTrees {
  requireWhole('depth', depth, { least: 1, orInfinity: true });
  requireWhole('leastRows', leastRows, { least: 1 });
  requireLabelledRows(data);
  const { rows, columns, labels, classes } = data;
  const edges = findEdges(data, { seed });
  const coded = { codes: codeColumns(data, edges), rows, columns, labels, classes };
  const grower = new GiniTreeGrower(coded, { depth, leastRows, tried: columns });
  return ClassTrees.join('tree', [grower.grow(new Random(seed, 'tree'))], { edges, classes });
}
