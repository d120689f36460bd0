import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** The processor's name and, where the system tells them, its instruction sets: what machine code depends on. */
export function processor(): string {
  const name = cpus()[0]?.model.trim() ?? 'unknown';
  try {
    const text = readFileSync('/proc/cpuinfo', 'utf8');
    const features = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1] ?? '';
    return `${name} ${createHash('sha256').update(features).digest('hex').slice(0, 12)}`;
  } catch {
    return name; // not Linux
  }
}
