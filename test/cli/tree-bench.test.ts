import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { botlab, botlabWith, type Finished, startBotlabWith, temporaryFolder } from './botlab';
import { fakeTorch, type Question } from './fake-torch';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const cache = ['--cache', join(root, 'cache')];
const quick = ['--engine', 'reference', '--rows', '300', ...cache, '--batch', '60'];
const bench = ['bench', ...quick, '--rounds', '3', '--seconds', '0.001', '--threads', '1'];
const FIT_ROWS = 240;

/** Every row of `--json`. */
function rowsOf({ code, stdout, stderr }: Finished): Record<string, unknown>[] {
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^no --data: .*\(synthetic\).*\n$/) as string,
  });
  return (JSON.parse(stdout) as { rows: Record<string, unknown>[] }).rows;
}

/** One sentence on stderr and exit code 2. */
function expectRefusal({ code, stdout, stderr }: Finished, pattern: RegExp): void {
  const last = stderr.trimEnd().split('\n').at(-1)!;
  expect(last).toMatch(pattern);
  expect(last).toMatch(/^botlab: \S.*[.?]$/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('trees alone', () => {
  it('are timed by whole fits, and by batches and single rows', () => {
    const rows = rowsOf(botlab(...bench, '--models', 'tree', '--memory', '--json'));
    expect(rows.map(({ work, rows: n }) => [work, n])).toEqual([
      ['train', FIT_ROWS],
      ['infer', 60],
      ['infer', 1],
    ]);
    const settings = { depth: 10, leastRows: 1 };
    for (const row of rows) {
      expect(row).toMatchObject({ model: 'tree', settings, against: null, ratio: null, rounds: 3 });
      const { ms, msRange } = row as { ms: number; msRange: [number, number] };
      expect(msRange[0]).toBeGreaterThan(0);
      expect(msRange[0]).toBeLessThanOrEqual(ms);
      expect(msRange[1]).toBeGreaterThanOrEqual(ms);
      expect(row['rowsPerSecond']).toBeCloseTo((1000 * (row['rows'] as number)) / ms, 6);
      const { accuracy, macroF1 } = row['quality'] as { accuracy: number; macroF1: number };
      expect(accuracy).toBeGreaterThan(0.6);
      expect(accuracy).toBeLessThan(0.95); // floods that are alike
      expect(macroF1).toBeGreaterThan(0.5);
    }
    expect(rows[0]!['peakMemoryMB']).toBeGreaterThan(30);
    expect(Object.keys(rows[1]!)).not.toContain('peakMemoryMB');
  });
});

describe('trees against others', () => {
  const greeting = { title: 'scikit-learn 9.9', models: ['boosting', 'forest', 'tree'] };
  /** It reads the rows that it is told of, says that each is benign, and takes 2 ms for everything. */
  const body = `
    const { readFileSync, statSync } = require('node:fs');
    const size = (file) => statSync(question.folder + '/' + file).size;
    if (question.work === 'rows') {
      globalThis.rows = size('test.y');
      globalThis.sizes = ['train.x', 'train.y', 'test.x', 'test.y'].map(size);
      return { train: size('train.y'), test: globalThis.rows };
    }
    if (question.work === 'fit') return { ms: 2, sizes: globalThis.sizes };
    if (question.work === 'answers') return { labels: Array(globalThis.rows).fill(0) };
    if (question.work === 'memory') return { peakMemoryMB: 321 };
    return { ms: Array(question.steps).fill(2) };`;
  const against = (python: string, ...more: string[]) =>
    botlabWith({ BOTLAB_PYTHON: python }, ...bench, '--against', 'scikit-learn', ...more);
  const asked = (questions: readonly Question[], work: string) =>
    questions.filter((question) => question.work === work);

  it('have the same rows and settings, and take turns', () => {
    const python = fakeTorch(root, greeting, body);
    const [train, ...infer] = rowsOf(against(python.python, '--models', 'tree', '--json'));
    expect(python.args().slice(1)).toEqual(['1', 'scikit-learn']);
    expect(python.args()[0]).toMatch(/bench.python.tree_models\.py$/);
    const questions = python.questions();
    const [rows] = asked(questions, 'rows') as (Question & { folder: string })[];
    expect(rows).toMatchObject({ features: 115, classes: 11 });
    expect(existsSync(rows!.folder)).toBe(false); // it was, and is cleared away
    const fits = asked(questions, 'fit');
    expect(fits).toHaveLength(4); // one to warm up
    for (const fit of fits) {
      expect(fit).toMatchObject({ model: 'tree', seed: 1, settings: { depth: 10, leastRows: 1 } });
    }
    // Between two of its rounds there was one of ours.
    const ours = train!['msRange'] as [number, number];
    fits.slice(2).forEach((fit, i) => {
      expect(fit.asked - fits[i + 1]!.answered).toBeGreaterThanOrEqual(ours[0]);
    });
    expect(train).toMatchObject({ against: 'scikit-learn', againstMs: 2, againstMsRange: [2, 2] });
    expect(train!['ratio']).toBeCloseTo((train!['ms'] as number) / 2, 9);
    expect(train!['ratioRange']).toEqual(ours.map((ms) => ms / 2));
    expect(infer.map((row) => [row['rows'], row['againstRowsPerSecond']])).toEqual([
      [60, 30_000],
      [1, 500],
    ]);
  });

  it('show what is quick and wrong', () => {
    const python = fakeTorch(root, greeting, body);
    const result = against(python.python, '--models', 'tree', '--work', 'train');
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^Synthetic \(simulated\) rows: 240 to fit to, 60 to answer; /);
    expect(result.stdout).toMatch(/against scikit-learn 9\.9, in turns; medians of 3 rounds\./);
    expect(result.stdout).toMatch(/\ntree: depth 10, leastRows 1\.\n/);
    const cells = result.stdout.trimEnd().split('\n').at(-1)!.split('|');
    const [ours, theirs] = cells
      .slice(-3, -1)
      .map((cell) => Number(/accuracy ([\d.]+)/.exec(cell)![1]));
    expect(ours).toBeGreaterThan(60);
    expect(theirs).toBeLessThan(20); // the share of benign rows
  });

  it('are all those that it has, where none is named; memory is asked of new processes', () => {
    const python = fakeTorch(root, greeting, body);
    const rows = rowsOf(
      against(python.python, '--work', 'train', '--rounds', '1', '--memory', '--json'),
    );
    const fits = asked(python.questions(), 'fit');
    expect(new Set(fits.map(({ model }) => model))).toEqual(
      new Set(rows.map(({ model }) => model)),
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(asked(python.questions(), 'rows')).toHaveLength(1 + rows.length);
    for (const row of rows) expect(row).toMatchObject({ againstPeakMemoryMB: 321 });
  });

  it('refuse a Python without the package, before any data is made', () => {
    const python = fakeTorch(root, { missing: "No module named 'sklearn'" });
    const result = against(python.python);
    expectRefusal(
      result,
      /Cannot compare with scikit-learn: .*'sklearn'\); pip install scikit-learn, /,
    );
    expect(result.stderr).not.toContain('simulated');
  });

  it('stop at Ctrl-C, and Python with them; no rows are left', async () => {
    const python = fakeTorch(
      root,
      greeting,
      `if (question.work !== 'fit') { ${body} } return undefined;`,
    );
    const child = startBotlabWith(
      { BOTLAB_PYTHON: python.python },
      ...[...bench, '--models', 'tree', '--against', 'scikit-learn'],
    );
    const exit = once(child, 'exit');
    while (python.questions().length < 2) await setTimeout(50);
    const [{ folder }] = python.questions() as unknown as [{ folder: string }];
    expect(existsSync(folder)).toBe(true);
    child.kill('SIGINT');
    expect(await exit).toEqual([130, null]);
    expect(() => process.kill(python.pid(), 0)).toThrow('ESRCH');
    expect(existsSync(folder)).toBe(false);
  });
});

it.each<[string, string[], RegExp]>([
  ['a model that is none', ['--models', 'forrest'], /"forrest".*did you mean "forest"\?/],
  ['networks beside trees', ['--models', 'dense,tree'], /Cannot time dense and tree in one table/],
  [
    'a network beside scikit-learn',
    ['--models', 'dense', '--against', 'scikit-learn'],
    /Cannot compare dense with scikit-learn, which has .*forest.*use --against torch/,
  ],
  [
    'trees beside torch',
    ['--models', 'tree', '--against', 'torch'],
    /Cannot compare tree with torch, which has networks/,
  ],
  ['a width of trees', ['--models', 'tree', '--width', '2'], /Cannot time tree with --width/],
  [
    'the kernels of trees',
    ['--models', 'tree', '--profile-kernels'],
    /Cannot time tree with --profile-kernels, which is for networks/,
  ],
  ['rows of networks', ['--models', 'dense', '--rows', '500'], /Cannot time dense with --rows/],
  [
    'the memory of answers',
    ['--models', 'tree', '--memory', '--work', 'infer'],
    /it is the memory of training/,
  ],
  [
    'larger batches than there are rows',
    ['--models', 'tree', '--rows', '300', ...cache],
    /Cannot time batches of 512 rows: of 300 rows 60 are there/,
  ],
])('refuses %s', (_, args, pattern) => expectRefusal(botlab('bench', ...args), pattern));
