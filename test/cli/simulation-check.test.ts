import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSES } from '@botlab/data';
import type { ClassRealism, Detection, Evaluation } from '@botlab/training';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, temporaryFolder } from './botlab';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const genuine = process.env.NBAIOT_DIR;
const noRows =
  genuine === undefined ? 'genuine rows need NBAIOT_DIR, a folder of N-BaIoT' : undefined;

interface Check {
  readonly model: string;
  readonly synthetic: string;
  readonly classes: readonly ClassRealism[];
  readonly evaluation: Evaluation;
  readonly detections: readonly Detection[];
}

skipIf(noRows).describe('against genuine rows', () => {
  const check = (...more: string[]) =>
    botlab('simulate', '--check', genuine!, '--model', 'dense', '--cache', root, ...more);

  it('a model that has seen simulated rows alone tells benign from attack', () => {
    const { code, stdout } = check('--json');
    expect(code).toBe(0);
    const { synthetic, classes, evaluation, detections } = JSON.parse(stdout) as Check;
    expect(synthetic).toContain('(synthetic)');
    expect(evaluation.macroRecall).toBeGreaterThanOrEqual(0.95);
    expect(detections.map(({ label }) => label)).toEqual(classes.map(({ label }) => label));
    for (const { median, features } of classes) {
      expect(features).toHaveLength(115);
      expect(median).toBeLessThan(0.25);
    }
  });
  it('and says so, the worst features first', () => {
    const { code, stdout } = check();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^SYNTHETIC rows of simulated N-BaIoT \(synthetic\), seed 1 against genuine/,
    );
    expect(stdout).toMatch(/balanced accuracy 9[5-9]\.\d\d %/);
    expect(stdout).toContain(`| ${CLASSES[0]!.name}: the worst`);
  });
});

it('asks for one of --out and --check', () => {
  for (const options of [[], ['--out', join(root, 'out'), '--check', root]]) {
    const { code, stderr } = botlab('simulate', ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botlab: Cannot simulate: name a folder .* one of the two\.\n$/);
  }
});

it('does not take simulated rows for genuine ones', () => {
  const made = join(root, 'made');
  const few = ['--devices', 'Ecobee_Thermostat', '--attacks', 'benign', '--scale', '0.001'];
  expect(botlab('simulate', '--out', made, ...few).code).toBe(0);
  const { code, stderr } = botlab('simulate', '--check', made);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^botlab: Cannot check against .*: it was made by botlab simulate; .*\n$/);
});

it('says what is wrong with the folder or the model before it makes anything', () => {
  mkdirSync(join(root, 'empty'));
  const refused = (...options: string[]) => {
    const { code, stderr } = botlab('simulate', '--cache', join(root, 'unused'), ...options);
    expect(code).toBe(2);
    return stderr;
  };
  expect(refused('--check', join(root, 'empty'))).toMatch(/^botlab: .*empty.*\n$/);
  expect(refused('--check', join(root, 'absent'))).toMatch(/^botlab: .*absent.*\n$/);
  expect(refused('--check', root, '--model', 'lstn')).toMatch(/^botlab: .*lstn.*\n$/);
});
