import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The Python to use: BOTLAB_PYTHON where that is set, else that of .venv where there is one, else python3. */
export function interpreter(): string {
  const ours = join(__dirname, '..', '..', '..', '.venv', 'bin', 'python');
  return process.env.BOTLAB_PYTHON || (existsSync(ours) ? ours : 'python3');
}
