import { ENGINE_NAMES } from '@botlab/engine';
import { botlab } from './botlab';

interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  readonly finding: string;
  readonly remedy?: string;
}

it('finds out about everything, with a remedy for what is missing', () => {
  const { code, stdout } = botlab('doctor', '--json');
  expect(code).toBe(0);
  const findings = JSON.parse(stdout) as Finding[];
  const subjects = findings.map(({ subject }) => subject);
  expect(subjects).toEqual([
    'Node',
    'memory',
    'cores',
    ...ENGINE_NAMES.map((name) => `engine ${name}`),
    'Python',
    'Jupyter',
    'notebook kernel',
  ]);
  for (const { ok, finding, remedy } of findings) {
    expect(finding).not.toBe('');
    expect(remedy !== undefined).toBe(!ok);
  }
  expect(findings.find(({ subject }) => subject === 'engine reference')!.ok).toBe(true);
});

it('reads well on a terminal', () => {
  const { stdout } = botlab('doctor');
  const starts = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, 2));
  expect(new Set(starts)).toEqual(new Set(['ok', '--', '  ']));
});
