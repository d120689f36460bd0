/**
 * Looks at the answer to an exercise, and prints whether it is right, or what is wrong with it. It gives nothing away.
 *
 * @param exercise such as `00.1`: the chapter and its exercise
 * @param answer what the exercise asks for; `undefined` as long as there is none
 * @param given what the answer is held against, as the exercise says
 */
export function check(exercise: string, answer: unknown, given?: unknown): void;

/** Whether the answer is right, without a word: what the solutions assert. */
export function isRight(exercise: string, answer: unknown, given?: unknown): boolean;
