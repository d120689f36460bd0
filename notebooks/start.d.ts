/**
 * Makes ready what a notebook needs, puts plotly into the cell's output, and prints which engine computes and
 * how fast it is.
 *
 * @param engine one of the engines that `npm run botlab -- doctor` lists; `auto` is the fastest
 * @throws an Error that the kernel prints as one sentence, with the command that mends what is missing
 */
export function start(engine?: string): Promise<void>;
