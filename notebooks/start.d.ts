/**
 * Makes ready what a notebook needs, puts plotly into the cell's output, and prints which engine computes and
 * how fast it is.
 *
 * @param engine one of the engines that `npm run botlab -- doctor` lists; `auto` is the fastest
 * @param language of the figures' words, `en` or `zh`; without it, the one that the environment's `BOTLAB_LANGUAGE`
 *   names, else English
 * @throws an Error that the kernel prints as one sentence, with the command that mends what is missing
 */
export function start(engine?: string, language?: 'en' | 'zh'): Promise<void>;
