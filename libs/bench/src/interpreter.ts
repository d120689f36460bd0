import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folders = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
const ours = join(__dirname, '..', '..', '..', '.venv', ...folders);

/** The Pythons there may be, in order of preference: that of BOTLAB_PYTHON, of .venv, of the system. */
export function interpreters(): string[] {
  const system = process.platform === 'win32' ? 'python' : 'python3';
  const chosen = process.env.BOTLAB_PYTHON;
  return [...(chosen ? [chosen] : []), ...(existsSync(ours) ? [ours] : []), system];
}

/** The Python to use. */
export function interpreter(): string {
  return interpreters()[0]!;
}
