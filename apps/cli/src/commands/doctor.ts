import { diagnose } from '@botlab/bench';

/** What is typed after `botlab doctor`. */
export interface Options {
  readonly json?: true;
}

/** Does what `botlab doctor` was asked for. */
export async function run({ json }: Options): Promise<void> {
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
