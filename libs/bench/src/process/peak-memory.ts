import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has had resident, in MB.
 *
 * On Linux by /proc: there the operating system's maxRSS begins at what the parent had.
 */
export function peakMemoryMB(): number {
  if (process.platform === 'linux') {
    const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (peak !== undefined) return (Number(peak) * 1024) / 1e6;
  }
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
