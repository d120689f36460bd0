import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const binary = join(__dirname, '..', '..', 'apps', 'cli', 'bin', 'botlab.js');

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line to its end. */
export function botlab(...args: string[]): Finished {
  return botlabWith({}, ...args);
}

/** Runs it with these variables in its environment. */
export function botlabWith(env: NodeJS.ProcessEnv, ...args: string[]): Finished {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, stdout, stderr };
}

/** Where a process stops itself: `signal-at-write.js`. */
export interface Stop {
  /** How the name of the file begins that it comes to write. */
  readonly file: string;
  /** Half of it written, all of it but under another name, or with its own name. */
  readonly moment: 'half' | 'written' | 'renamed';
  readonly signals: readonly NodeJS.Signals[];
}

/** Runs it until it comes to a place where it sends itself signals; or to its end, where it does not come there. */
export function botlabUntil(
  stop: Stop,
  ...args: string[]
): Finished & { signal: NodeJS.Signals | null } {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', join(__dirname, 'signal-at-write.js'), binary, ...args],
    { encoding: 'utf8', env: { ...process.env, BOTLAB_TEST_SIGNAL: JSON.stringify(stop) } },
  );
  return { code: status, signal, stdout, stderr };
}

/** Starts the real command line. */
export function startBotlab(...args: string[]): ChildProcess {
  return startBotlabWith({}, ...args);
}

/** Starts it with these variables in its environment. */
export function startBotlabWith(env: NodeJS.ProcessEnv, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [binary, ...args], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'botlab-test-'));
}
