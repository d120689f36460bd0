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
