/** `describe` and `it` of Jest, or what skips in their place. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, test: () => unknown, timeout?: number) => void;
}

/**
 * `describe` and `it` of what cannot run everywhere. Where there is a reason not to run, the tests count as skipped
 * for that reason, which is the title above them: `tools/jest-pool/count-reporter.js` reads it there.
 *
 * @param reason what is missing, and what brings it; undefined where nothing is
 */
export function skipIf(reason: string | undefined): Runner {
  if (reason === undefined)
    return { describe, it: (name, test, timeout) => it(name, run(test), timeout) };
  const title = `skipped: ${reason.replace(/\s+/g, ' ')}`;
  return {
    describe: (name, body) => describe.skip(title, () => describe(name, body)),
    it: (name, test, timeout) => describe.skip(title, () => it(name, run(test), timeout)),
  };
}

/** A test that gives nothing back but a promise, as Jest wants. */
function run(test: () => unknown): () => Promise<void> {
  return async () => void (await test());
}

/** Why what is slow, and needed by nobody to know that a copy works, does not run; undefined where it does. */
export const slow: string | undefined =
  process.env['BOTLAB_TEST_ALL'] === '1' ? undefined : 'slow: npm test -- --all';
