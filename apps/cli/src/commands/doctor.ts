import type { Command } from 'commander';
import { diagnose } from '../diagnosis';
import { jsonOption } from '../options';

async function run({ json }: { json?: true }): Promise<void> {
  const findings = await diagnose();
  if (json) {
    process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    return;
  }
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  for (const { subject, ok, finding, remedy } of findings) {
    process.stdout.write(`${ok ? 'ok' : '--'}  ${subject.padEnd(width)}  ${finding}\n`);
    if (remedy !== undefined) process.stdout.write(`    ${' '.repeat(width)}  → ${remedy}\n`);
  }
}

/** `botlab doctor`: what can run here, and what mends the rest. */
export function addDoctorCommand(root: Command): void {
  root
    .command('doctor')
    .description('say what can run on this machine, and which command mends what cannot')
    .addOption(jsonOption())
    .action(run);
}
