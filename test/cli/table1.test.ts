import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Table1 } from '@botlab/training';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, temporaryFolder } from './botlab';
import { noChromium, openReport } from './chromium';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const MODELS = ['dense', 'gru', 'cnn1d', 'cnn-lstm', 'res-1dcnn-lstm'];
const EXPERIMENT = 'table1-quick-rows200-epochs1';
const readTable = (out: string, experiment = EXPERIMENT) =>
  JSON.parse(readFileSync(join(out, experiment, 'table1.json'), 'utf8')) as Table1;

describe('table1 on a small folder', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const out = join(root, 'out');
  const args = ['table1', '--data', data, '--out', out, '--epochs', '1', '--rows', '200'];
  let first: ReturnType<typeof botlab>;
  beforeAll(() => {
    first = botlab(...args);
  });

  it('prints the table, what the data was, and where the report is', () => {
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(
      /\| Res-1DCNN-LSTM +\|.* 98\.89 \|.* 99\.32 \|.*\n(.*\n)+\| Res-1DCNN-LSTM +\|.* 87\.53 \|.* 88\.56 \|/,
    );
    expect(first.stdout).toMatch(/\n\| Majority class +\|.*\n\| ceiling +\|/);
    expect(first.stdout).toContain('200 of 360 rows from 6 files of 2 devices');
    expect(first.stdout).toContain(`Report: ${join(out, EXPERIMENT, 'report.html')}\n`);
  });

  it('prints a line an epoch on stderr where no terminal is', () => {
    const epochs = first.stderr.split('\n').filter((line) => /epoch 1\/1: loss/.test(line));
    expect(epochs).toHaveLength(10);
    expect(first.stderr).not.toContain('\u001b');
  });

  it('writes table1.json as documented', () => {
    const table = readTable(out);
    const networks = table.rows.filter(({ estimator }) => estimator === 'network');
    expect(networks.map(({ variant, task }) => `${task} ${variant}`)).toEqual(
      ['binary', 'multiclass'].flatMap((task) => MODELS.map((model) => `${task} ${model}`)),
    );
    for (const row of networks) {
      expect(row.paper!.accuracy).toBeLessThan(1);
      expect(row.epochs).toBe(1);
      expect(row.params).toBeGreaterThan(0);
    }
    const others = table.rows.filter(({ estimator }) => estimator !== 'network');
    expect(others.map(({ model }) => model)).toContain('majority');
    for (const { paper, epochs } of others) expect([paper, epochs]).toEqual([undefined, undefined]);
    for (const row of table.rows) {
      for (const key of ['accuracy', 'macroF1', 'weightedF1'] as const) {
        expect(row[key]).toBeGreaterThanOrEqual(0);
        expect(row[key]).toBeLessThanOrEqual(1);
      }
      expect(row.accuracy).toBeLessThanOrEqual(table.ceiling[row.task].accuracy);
      expect(row).toMatchObject({ split: 'row', scaler: table.data.scaler, set: 0, seed: 1 });
    }
    expect(table.comparisons!.map(({ task }) => task)).toEqual(['binary', 'multiclass']);
    expect(table.data).toMatchObject({ synthetic: false, rows: 200, files: 6 });
    expect(table.data.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(table.stump.feature).toMatch(/_L/);
    expect(table).toMatchObject({
      // With a graphics card, that may be the fastest.
      engine: expect.stringMatching(/^(native|wasm|webgpu|tensorflow)$/) as string,
      profile: 'quick',
    });
  });

  it('is the same again, from the finished runs', () => {
    const before = readTable(out);
    const again = botlab(...args, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toEqual(before);
    expect(again.stderr.match(/finished before/g)).toHaveLength(before.rows.length);
  });

  it('is made again from the run folders alone', () => {
    const before = readTable(out);
    rmSync(join(out, EXPERIMENT, 'table1.json'));
    const { code, stdout } = botlab('report', out);
    expect(code).toBe(0);
    expect(stdout).toContain('# Table 1');
    expect(readTable(out)).toEqual(before);
  });

  it('gives the same weights in another folder', () => {
    const other = join(root, 'other');
    mkdirSync(other);
    expect(
      botlab(...args.slice(0, 3), '--out', other, ...args.slice(5), '--models', 'cnn1d').code,
    ).toBe(0);
    const weights = (folder: string) => {
      const path = join(folder, EXPERIMENT, 'binary', 'cnn1d', '1', 'metrics.json');
      return (JSON.parse(readFileSync(path, 'utf8')) as { weights: string }).weights;
    };
    expect(weights(other)).toBe(weights(out));
  });

  it('leaves no temporary file', () => {
    const names = readdirSync(out, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /partial|tmp|\.\d+$/.test(name))).toEqual([]);
  });

  skipIf(noChromium).it(
    'writes a report that draws every figure and asks for nothing',
    async () => {
      const report = join(out, EXPERIMENT, 'report.html');
      expect(statSync(report).size).toBeLessThan(8e6);
      const page = await openReport(report);
      expect(page.errors).toEqual([]);
      expect(page.requests).toEqual([]);
      expect(page.figures).toBeGreaterThanOrEqual(8);
      expect(page.drawn).toBe(page.figures);
      expect(page.overflow).toBe(0);
    },
  );
});

describe('experiments beside one another', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const out = join(root, 'beside');
  const table1 = (...more: string[]) => {
    const few = ['--data', data, '--out', out, '--models', 'dense', '--task', 'binary'];
    return botlab('table1', ...few, '--rows', '200', ...more);
  };
  const files = () =>
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(out, name)).isFile())
      .map((name) => [name, readFileSync(join(out, name), 'base64')]);
  beforeAll(() => {
    expect(table1('--epochs', '1').code).toBe(0);
  });

  it('have folders, tables and reports of their own', () => {
    const before = readTable(out);
    expect(table1('--epochs', '2').code).toBe(0);
    expect(readTable(out)).toEqual(before);
    expect(readTable(out, 'table1-quick-rows200-epochs2').rows[0]!.epochs).toBe(2);
    const report = botlab('report', join(out, EXPERIMENT));
    expect(report.code).toBe(0);
    expect(report.stdout).toContain(join(out, EXPERIMENT, 'report.html'));
    expect(readTable(out, 'table1-quick-rows200-epochs2').rows[0]!.epochs).toBe(2);
    expect(readdirSync(out).sort()).toEqual([EXPERIMENT, 'table1-quick-rows200-epochs2']);
    const several = botlab('report', out);
    expect(several.code).toBe(2);
    expect(several.stderr).toContain('it holds several experiments; name one of');
  });

  it('take no run of another plan, and say so before training', () => {
    const before = files();
    const refused = table1('--epochs', '3', '--experiment', EXPERIMENT);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toMatch(
      /^botlab: Cannot add to .*: its runs have epochs 1, not 3; name another experiment with --experiment NAME, or another folder with --out DIR\.\n$/,
    );
    expect(files()).toEqual(before);
  });

  it('grow by models of the same plan: the report has all of them, the answer what was asked', () => {
    const more = table1('--epochs', '1', '--models', 'cnn1d');
    expect(more.code).toBe(0);
    expect(more.stdout).toMatch(/report\.html \(with 1 more run of this experiment\)\n/);
    expect(more.stdout).not.toMatch(/\| Dense/);
    expect(readTable(out).rows.map(({ model }) => model)).toEqual(['dense', 'cnn1d']);
  });
});

it('takes options of models and of baselines, and draws rows with each seed', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const out = join(root, 'set');
  const few = ['--data', data, '--out', out, '--task', 'binary', '--rows', '200', '--epochs', '1'];
  const set = ['--set', 'dense.units=[4]', '--set', 'forest.trees=3', '--resample'];
  expect(botlab('table1', ...few, ...set).code).toBe(0);
  const { rows, resample } = readTable(out, `${EXPERIMENT}-resample`);
  expect(resample).toBe(true);
  const variants = rows.map(({ variant }) => variant);
  expect(variants).toEqual(expect.arrayContaining(['dense-units=4', 'forest-trees=3', 'gru']));
  expect(variants).not.toEqual(expect.arrayContaining(['dense']));
  const refused = botlab('table1', ...few, '--set', 'forst.trees=3');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/Unknown model to set an option of "forst": .*"forest"\?\n$/);
});

it('leaves a model out of the tasks that it cannot do, and says so; asked for one of them, it refuses', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const out = join(root, 'possible');
  const few = ['--data', data, '--out', out, '--rows', '200', '--epochs', '1'];
  const args = ['table1', ...few, '--models', 'majority,isolation-forest'];
  const { code, stderr } = botlab(...args);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^--epochs: for networks, without effect on majority,/m);
  expect(stderr).toMatch(
    /^isolation-forest: the multiclass task is left out, which it cannot do$/m,
  );
  expect(readTable(out).rows.map(({ task, model }) => `${task} ${model}`)).toEqual([
    'binary majority',
    'binary isolation-forest',
    'multiclass majority',
  ]);
  const refused = botlab(...args, '--task', 'multiclass');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^botlab: Cannot train isolation-forest on the multiclass task/);
});

describe('a split by family', () => {
  const data = writeSyntheticFolder(join(root, 'data'));
  const family = (...more: string[]) => {
    const few = ['--data', data, '--models', 'dense', '--rows', '200', '--epochs', '1'];
    return botlab('table1', ...few, '--out', join(root, 'family'), '--split', 'family', ...more);
  };

  it('has the binary task alone, and says that it leaves the other out', () => {
    const { code, stdout, stderr } = family();
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^--split family: the multiclass task is left out, as no model can name/,
    );
    expect(stdout).toContain('| binary (%)');
    expect(stdout).not.toContain('multiclass');
  });

  it('refuses the classes that were never trained on', () => {
    const refused = family('--task', 'multiclass');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /^botlab: Cannot test the multiclass task on a split by family: .*\(mirai syn\).*; use --task binary.*\.\n$/,
    );
  });
});

const real = process.env['NBAIOT_DIR'];
const noRows = real === undefined ? 'genuine rows need NBAIOT_DIR, a folder of N-BaIoT' : undefined;
skipIf(noRows).describe('table1 on genuine rows', () => {
  it('comes near the ceiling, with tcp and udp confused', () => {
    const out = join(root, 'real');
    const args = ['--rows', '1200', '--models', 'res-1dcnn-lstm'];
    expect(botlab('table1', '--data', real!, '--out', out, ...args).code).toBe(0);
    const { rows, ceiling } = readTable(out, 'table1-quick-rows1200');
    const of = (task: string) =>
      rows.find((row) => row.model === 'res-1dcnn-lstm' && row.task === task)!;
    expect(of('binary').accuracy).toBeGreaterThanOrEqual(0.99);
    expect(of('multiclass').accuracy).toBeGreaterThan(ceiling.multiclass.accuracy - 0.05);
    expect(ceiling.multiclass.accuracy).toBeLessThan(0.65);
  });
});
