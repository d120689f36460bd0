import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Finished } from '../cli/botlab';

export const root = join(__dirname, '..', '..');

/** Runs a script of tools/ of a checkout, this one where left out, to its end. */
export function tool(
  script: string,
  args: readonly string[],
  { checkout = root, env = process.env }: { checkout?: string; env?: NodeJS.ProcessEnv } = {},
): Finished {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(checkout, 'tools', script), ...args],
    { encoding: 'utf8', env },
  );
  return { code: status, stdout, stderr };
}
