import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig, RunMetrics, Table1 } from '@botlab/training';
import { botlab, botlabWith, type Finished, temporaryFolder } from './botlab';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const cache = join(root, 'cache');
const out = join(root, 'out');
const experiment = join(out, 'table1-quick-rows300-epochs1');
const run = join(experiment, 'binary', 'dense', '1');
const settings = ['--rows', '300', '--epochs', '1', '--cache', cache];
const NOTICE = `no --data: using the simulated data set (synthetic), made on first use in ${cache}\n`;

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const readJSON = <T>(...path: string[]): T => JSON.parse(read(...path)) as T;
const table1 = (...more: string[]): Finished =>
  botlab('table1', '--models', 'dense', '--out', out, ...settings, ...more);
const kept = () => readdirSync(cache).map((name) => [name, statSync(join(cache, name)).mtimeMs]);

describe('table1 without --data', () => {
  let first: Finished;
  let made: ReturnType<typeof kept>;
  beforeAll(() => {
    first = table1();
    made = kept();
  });

  it('trains on the simulated set, and says at once that it does', () => {
    expect(first.code).toBe(0);
    expect(first.stderr.startsWith(NOTICE)).toBe(true);
    expect(first.stdout).toContain('300 of 7,062,606 rows from 89 files of 9 devices');
  });

  it('says wherever its numbers are that they are of synthetic data', () => {
    for (const text of [first.stdout, read(experiment, 'table1.md')]) {
      expect(text).toMatch(/Table 1, on synthetic data\n/);
      expect(text.match(/\(%\), synthetic data \|/g)).toHaveLength(2); // each half of the table
      expect(text).toContain('SYNTHETIC DATA: these rows were simulated, not recorded');
    }
    const report = read(experiment, 'report.html');
    expect(report).toContain('<h1>Table 1: botnet detection on simulated N-BaIoT</h1>');
    expect(report).toMatch(/role="note">Synthetic data/);
    const captions = [...report.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(
      ([, text]) => text!,
    );
    const results = captions.filter((text) =>
      /Table 1|Accuracy and loss|, (binary|multi)/.test(text),
    );
    expect(results.length).toBeGreaterThanOrEqual(6);
    expect(results.filter((text) => !text.endsWith('(synthetic data)'))).toEqual([]);
    expect(readJSON<Table1>(experiment, 'table1.json').data).toMatchObject({
      synthetic: true,
      source: 'simulated N-BaIoT (synthetic), seed 1',
    });
    expect(readJSON<RunMetrics>(run, 'metrics.json').synthetic).toBe(true);
    expect(readJSON<RunConfig>(run, 'config.json').data.source).toEqual({
      kind: 'simulated',
      seed: 1,
      scale: 1,
    });
  });

  it('takes the rows from the cache the next time', () => {
    const again = table1('--json');
    expect(again.code).toBe(0);
    expect(made).toHaveLength(1);
    expect(kept()).toEqual(made);
    expect(JSON.parse(again.stdout)).toEqual(readJSON<Table1>(experiment, 'table1.json'));
  });

  it('leaves runs that can be evaluated on the same rows', () => {
    const { code, stdout, stderr } = botlab('evaluate', run, '--cache', cache);
    expect(code).toBe(0);
    expect(stderr).toBe(NOTICE);
    expect(stdout).toMatch(
      /^60 rows \(SYNTHETIC\) of simulated N-BaIoT \(synthetic\), seed 1: the test rows that the run was made with\n/,
    );
    const json = botlab('evaluate', run, '--cache', cache, '--json');
    const { synthetic, accuracy } = JSON.parse(json.stdout) as RunMetrics;
    expect(synthetic).toBe(true);
    expect(accuracy).toBe(readJSON<RunMetrics>(run, 'metrics.json').accuracy);
    expect(kept()).toEqual(made);
  });

  it('shares the rows with train', () => {
    const { code, stdout } = botlab('train', 'dense', '--out', out, ...settings);
    expect(code).toBe(0);
    expect(stdout).toContain('rows (SYNTHETIC) of simulated N-BaIoT (synthetic)');
    expect(kept()).toEqual(made);
  });
});

it('data info counts the simulated set without --data', () => {
  const { code, stdout, stderr } = botlab('data', 'info');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^no --data: using the simulated data set \(synthetic\)/);
  expect(stdout).toContain(
    '(synthetic): 7,062,606 rows in 89 files of 9 devices; 11 of 11 classes',
  );
});

it('keeps the simulated set where BOTLAB_CACHE says, and without a home among temporary files', () => {
  const info = (env: NodeJS.ProcessEnv): string =>
    botlabWith({ XDG_CACHE_HOME: '', LOCALAPPDATA: '', BOTLAB_CACHE: '', ...env }, 'data', 'info')
      .stderr;
  const said = 'no --data: using the simulated data set (synthetic), made on first use in';
  expect(info({ BOTLAB_CACHE: cache })).toBe(NOTICE);
  const noHome = join(__filename, 'home');
  const stderr = info({ HOME: noHome, USERPROFILE: noHome, TMPDIR: root, TEMP: root });
  expect(stderr.startsWith(`${said} ${root}`)).toBe(true);
  expect(stderr).toMatch(/simulated, since .*home.* cannot be written\n$/);
});
