/** What can be timed: a step of training (forward, backward, Adam), or the inference of a batch. */
export const WORKS = ['train', 'infer'] as const;
export type Work = (typeof WORKS)[number];
