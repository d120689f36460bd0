import { spawnSync } from 'node:child_process';

/** The Python whose packages ours are compared with. */
export const python = process.env['BOTLAB_PYTHON'] ?? 'python3';

/**
 * Why Python cannot import a module; undefined where it can.
 *
 * @param title the module's name as its authors write it
 */
export function withoutModule(module: string, title: string): string | undefined {
  const probe = spawnSync(python, ['-c', `import ${module}`], { encoding: 'utf8' });
  if (probe.status === 0) return undefined;
  const reason = probe.error?.message ?? probe.stderr.trim().split('\n').at(-1);
  return `no ${title} (${python}: ${reason}): set BOTLAB_PYTHON to a Python that has it`;
}
