import { check, isRight } from '../../../notebooks/check';

/** What is said of an answer that is not right, or not there. */
export function hintAt(exercise: string, answer: unknown, given?: unknown): string {
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  try {
    check(exercise, answer, given);
  } finally {
    log.mockRestore();
  }
  expect(isRight(exercise, answer, given)).toBe(false);
  return said.join('\n');
}
