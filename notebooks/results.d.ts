import type { Results } from '@botlab/training';

/**
 * What a long run gave: the table, the command that made it, and whether its rows are `synthetic`.
 *
 * @param name of a file in `results/`, such as `table1`
 */
export function readResults(name: string): Results;
