import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStudy, type Results, type Table1 } from '@botlab/training';
import { botlab, temporaryFolder } from './botlab';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const data = writeSyntheticFolder(join(root, 'data'));
const other = writeSyntheticFolder(join(root, 'elsewhere'), {
  'Danmini_Doorbell/gafgyt_attacks/udp.csv': null,
});
const file = join(root, 'tiny.yaml');
writeFileSync(
  file,
  [
    'title: A tiny study',
    'data: { sample: { rows: 200 } }',
    'training: { epochs: 1, batchSize: 32 }',
    'seeds: 2',
    'variants:',
    '  - dense',
    '  - { id: narrow, model: dense, options: { units: [8] }, title: Narrow, seeds: 1 }',
    '  - { model: majority, tasks: [binary] }',
    'scalers: [log, min-max]',
    'splits: [row, family]',
  ].join('\n'),
);
const study = (out: string, ...more: string[]) =>
  botlab('study', file, '--data', data, '--out', join(root, out), ...more);
const tableOf = (out: string, name = 'tiny') =>
  JSON.parse(readFileSync(join(root, out, name, 'table1.json'), 'utf8')) as Table1;

describe('a study from a file', () => {
  let first: ReturnType<typeof botlab>;
  const results = join(root, 'results');
  beforeAll(() => {
    first = study('out', '--transfer', other, '--results', results);
  });

  it('runs its variants with each scaler, split, task and seed', () => {
    expect(first.stderr.match(/^\[\d+\/\d+\] .*: accuracy/gm)).toHaveLength(
      tableOf('out').rows.length,
    );
    expect(first.code).toBe(0);
    const { rows, sets } = tableOf('out');
    const of = (variant: string, task: string) =>
      rows.filter((row) => row.variant === variant && row.task === task).map(({ seed }) => seed);
    expect(of('dense-log-row', 'multiclass')).toEqual([1, 2]);
    expect(of('dense-min-max-family', 'binary')).toEqual([1, 2]);
    expect(of('dense-min-max-family', 'multiclass')).toEqual([]);
    expect(of('narrow-log-row', 'binary')).toEqual([1]);
    expect(of('majority-log-row', 'multiclass')).toEqual([]);
    // The paper has no network of other options.
    const ofPaper = rows.filter(({ paper }) => paper !== undefined).map(({ title }) => title);
    expect([...new Set(ofPaper)]).toEqual(['Dense']);
    expect(rows).toHaveLength(26);
    expect(sets.map(({ data: { split, scaler } }) => `${split} ${scaler}`).sort()).toEqual([
      'family log',
      'family min-max',
      'row log',
      'row min-max',
    ]);
    for (const { set, split, scaler } of rows) {
      expect(sets[set]!.data).toMatchObject({ split, scaler });
    }
  });

  it('prints a table for each task and split, with the scalers and the other rows as columns', () => {
    const heads = first.stdout.match(/^\| .*scaler.*$/gm)!;
    expect(heads.map((head) => head.split(' | ')[0]!.trim())).toEqual([
      '| binary, by row (%)',
      '| binary, by family (%)',
      '| multiclass, by row (%)',
    ]);
    expect(heads[0]).toMatch(/elsewhere: balanced accuracy \| elsewhere: false alarms \|$/);
    expect(first.stdout).toMatch(/^A tiny study$/m);
    expect(first.stdout).toMatch(/^\| Narrow +\| +min-max \|/m);
    expect(first.stdout).toContain('elsewhere: scores on 300 rows of');
    const { rows } = tableOf('out');
    for (const { task, transfer } of rows) {
      expect(transfer!['elsewhere']).toMatchObject({ rows: 300, synthetic: false });
      expect('falsePositiveRate' in transfer!['elsewhere']!).toBe(task === 'binary');
    }
  });

  it('keeps what is worth it: each run with its scores, and what made it', () => {
    const kept = JSON.parse(readFileSync(join(results, 'tiny.json'), 'utf8')) as Results;
    expect(kept).toMatchObject({ data: 'recorded', table: { title: 'A tiny study' } });
    expect(kept.command).toMatch(/^botlab study .*tiny\.yaml --data data .* --transfer elsewhere /);
    // Where the rows lie is of this machine alone.
    expect(kept.table.data.source).toBe('N-BaIoT CSV files in the UCI layout, data');
    expect(JSON.stringify(kept.table)).not.toContain(root);
    expect(kept.environments[0]).toMatchObject({ node: process.versions.node });
    expect(kept.table.rows).toHaveLength(26);
    const text = readFileSync(join(results, 'tiny.md'), 'utf8');
    expect(text).toContain(`\`\`\`sh\n${kept.command}\n\`\`\``);
    expect(text).toContain('| binary, by family (%)');
    expect(readdirSync(results).sort()).toEqual(['tiny.json', 'tiny.md', 'tiny.svg']);
    expect(readFileSync(join(results, 'tiny.svg'), 'utf8')).toMatch(
      /^<svg [^]*A tiny study, multiclass[^]*<\/svg>\n$/,
    );
    expect(statSync(join(results, 'tiny.json')).size).toBeLessThan(100_000);
  });

  it('names in its report each curve by what makes it another', () => {
    const report = readFileSync(join(root, 'out', 'tiny', 'report.html'), 'utf8');
    for (const name of ['Dense, log, by row', 'Narrow, min-max, by family']) {
      expect(report).toContain(name);
    }
  });

  it('skips what is finished, and says the same as JSON', () => {
    const again = study('out', '--transfer', other, '--json');
    expect(again.code).toBe(0);
    expect(again.stderr.match(/finished before/g)).toHaveLength(26);
    expect(JSON.parse(again.stdout)).toEqual(tableOf('out'));
  });

  it('takes into its table a run that differs in model and options alone', () => {
    const args = ['--data', data, '--out', join(root, 'out'), '--experiment', 'tiny'];
    const options = ['--rows', '200', '--epochs', '1', '--batch-size', '32', '--seed', '2'];
    const more = botlab('train', 'dense', '--set', 'units=[4]', ...args, ...options);
    expect(more.stderr).not.toContain('Cannot');
    expect(more.code).toBe(0);
    expect(botlab('report', join(root, 'out')).code).toBe(0);
    expect(tableOf('out').rows.find(({ variant }) => variant === 'dense-units=4')).toMatchObject({
      seed: 2,
      title: 'Dense (units=4)',
    });
    const refused = botlab('train', 'dense', ...args, ...options.with(3, '2'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /^botlab: Cannot train in .*tiny: .*epochs 2, not 1; name another/,
    );
  });
});

it('says which variants a task leaves out', () => {
  const { code, stderr } = study('one', '--task', 'multiclass', '--seeds', '1');
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^--task multiclass: left out, .*: .*dense-log-family, .*majority-log-row/m,
  );
});

it('draws rows anew with each seed where it is asked to', () => {
  const few = ['--task', 'binary', '--models', 'dense', '--set', 'dense.units=[4]', '--resample'];
  const { code, stdout } = study('anew', ...few);
  expect(code).toBe(0);
  expect(stdout).toContain('each of which drew its rows');
  const { rows, sets, resample } = tableOf('anew', 'tiny-resample');
  expect(resample).toBe(true);
  expect(rows.map(({ variant }) => variant)).toContain('dense-units=4-log-row');
  for (const { set, seed } of rows) expect(sets[set]!.data.seed).toBe(seed);
  expect(new Set(sets.map(({ data: { checksum } }) => checksum)).size).toBe(2);
});

describe('a study is refused', () => {
  const refusal = (...args: string[]) => {
    const { code, stdout, stderr } = study('refused', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    return stderr;
  };

  it('that is another than its folder has, before training', () => {
    expect(study('claimed', '--models', 'majority', '--task', 'binary').code).toBe(0);
    const before = readdirSync(join(root, 'claimed'), { recursive: true });
    const args = ['--epochs', '2', '--experiment', 'tiny', '--models', 'majority'];
    const { code, stderr } = study('claimed', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^botlab: Cannot add to .*tiny: its runs have epochs 1, not 2; name/);
    expect(readdirSync(join(root, 'claimed'), { recursive: true })).toEqual(before);
  });

  it('whose variants say otherwise than what is typed', () => {
    expect(refusal('--scaler', 'log')).toMatch(
      /^botlab: Cannot take --scaler: the study's variant "dense-log-row" has a scaler of its own/,
    );
  });

  it('for a task that no variant has', () => {
    expect(refusal('--models', 'majority', '--task', 'multiclass')).toMatch(
      /^botlab: Cannot take --task multiclass: no variant that is asked for has that task;/,
    );
  });

  it('for a model that it has not', () => {
    expect(refusal('--models', 'dens')).toMatch(/Unknown model of the study "dens": .*"dense"/);
    expect(refusal('--set', 'gru.units=3')).toMatch(/Unknown model to set an option of "gru"/);
    expect(refusal('--set', 'units=3')).toMatch(/expected MODEL\.NAME=VALUE/);
  });

  it('that is not there, or wrong in a line', () => {
    const wrong = join(root, 'wrong.json');
    writeFileSync(wrong, '{\n  "variants": ["densee"]\n}\n');
    const { code, stderr } = botlab('study', wrong, '--data', data, '--out', join(root, 'refused'));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /wrong\.json, line 2 \(variants\[0\]\.model\): .*did you mean "dense"\?\n$/,
    );
    expect(botlab('study', join(root, 'absent.json')).stderr).toMatch(/absent\.json: it does not/);
    expect(existsSync(join(root, 'refused', 'wrong'))).toBe(false);
  });
});

const studies = join(__dirname, '..', '..', 'studies');
it.each(readdirSync(studies).filter((name) => name.endsWith('.json')))(
  'reads studies/%s',
  (name) => {
    const { variants, profile } = readStudy(join(studies, name));
    expect(profile).toBe('paper');
    expect(variants.length).toBeGreaterThan(4);
  },
);
