/**
 * The door of this room for who must start at once, such as a command line that prints its help: what is
 * behind it loads no tfjs. Who measures uses `@botlab/bench`, which has all of this too.
 */
export { median } from './median';
export { type OpponentName, OPPONENTS, TREE_OPPONENTS } from './opponent-name';
export { REFERENCE } from './reference-model';
export { LEAST_STEPS } from './rounds';
export { TREE_MODELS } from './trees/tree-task';
