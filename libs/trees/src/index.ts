export { blocksOf, codeBlocks, codeColumns, codeRows } from './codes';
export { type EdgeOptions, type Edges, findEdges } from './edges';
export type { LabelledRows, Rows } from './rows';
