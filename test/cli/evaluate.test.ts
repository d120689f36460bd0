import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readParquet } from '@botlab/data';
import type { RunMetrics } from '@botlab/training';
import { botlab, temporaryFolder } from './botlab';
import { csv, ROWS, writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const data = writeSyntheticFolder(join(root, 'data'));
const out = join(root, 'out');
const run = join(out, 'train', 'binary', 'dense', '1');
const train = (...more: string[]) =>
  botlab('train', 'dense', '--data', data, '--out', out, '--schedule', 'constant', ...more);
const metrics = () => JSON.parse(readFileSync(join(run, 'metrics.json'), 'utf8')) as RunMetrics;

interface Answer extends RunMetrics {
  readonly scored: 'test' | 'all';
}
const evaluated = (...more: string[]): Answer => {
  const { code, stdout, stderr } = botlab('evaluate', run, '--json', ...more);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Answer;
};

beforeAll(() => {
  expect(train('--epochs', '2').code).toBe(0);
});

it('scores all rows of other data and the test rows of its own, and says which it was', () => {
  const other = writeSyntheticFolder(join(root, 'other'), {
    'Ennio_Doorbell/benign_traffic.csv': csv(0.2),
  });
  expect(evaluated('--data', other)).toMatchObject({ scored: 'all', rows: 6 * ROWS });
  expect(botlab('evaluate', run, '--data', other).stdout).toMatch(
    /^360 rows \(real\) of .*other: all rows, which are not those of the run\n/,
  );
  expect(evaluated()).toMatchObject({ scored: 'test', rows: 72, loss: metrics().loss });
});

it.each(['csv', 'parquet'])('writes a row for each row scored as %s', async (ending) => {
  const file = join(root, `predictions.${ending}`);
  const { rows, confusion } = evaluated('--predictions', file);
  const columns =
    ending === 'parquet' ? await readParquet(file) : columnsOf(readFileSync(file, 'utf8'));
  const [truth, prediction] = [columns['truth']!, columns['prediction']!];
  expect(truth).toHaveLength(rows);
  const counted = ['benign', 'attack'].map((t) =>
    ['benign', 'attack'].map(
      (p) => Array.from(truth).filter((name, i) => name === t && prediction[i] === p).length,
    ),
  );
  expect(counted).toEqual(confusion);
  expect(columns['file']![0]).toBe('Danmini_Doorbell/benign_traffic.csv');
});

/** The columns of a CSV text without quoted cells. */
function columnsOf(text: string): Record<string, ArrayLike<unknown>> {
  const [header, ...lines] = text.trimEnd().split('\n');
  const names = header!.split(',');
  return Object.fromEntries(
    names.map((name, c) => [name, lines.map((line) => line.split(',')[c])]),
  );
}

it('refuses a file of predictions that it cannot write, before it reads any row', () => {
  const refused = botlab('evaluate', run, '--predictions', join(root, 'predictions.txt'));
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/^botlab: Cannot write predictions to .*\.csv or \.parquet\.\n$/);
  expect(botlab('evaluate', run, '--predictions', join(root, 'no', 'p.csv')).code).toBe(2);
  expect(readdirSync(root).filter((name) => /partial|txt/.test(name))).toEqual([]);
});

it('goes on from a finished run to more epochs', () => {
  const once = join(root, 'once');
  expect(train('--epochs', '4', '--out', once).code).toBe(0);
  const longer = train('--epochs', '4');
  expect(longer.code).toBe(0);
  expect(longer.stderr.match(/epoch \d\/4/g)).toEqual(['epoch 3/4', 'epoch 4/4']);
  const path = join(once, 'train', 'binary', 'dense', '1', 'metrics.json');
  expect(metrics().weights).toBe((JSON.parse(readFileSync(path, 'utf8')) as RunMetrics).weights);
});

it('knows its rows compressed, and in a folder that was moved', () => {
  const { loss, confusion } = metrics();
  const benign = join(data, 'Danmini_Doorbell', 'benign_traffic.csv');
  writeFileSync(`${benign}.gz`, gzipSync(readFileSync(benign)));
  rmSync(benign);
  expect(evaluated()).toMatchObject({ scored: 'test', loss, confusion });
  const moved = join(root, 'moved');
  renameSync(data, moved);
  const gone = botlab('evaluate', run);
  expect(gone.code).toBe(2);
  expect(gone.stderr).toMatch(/is no longer there; say where they are now with --data DIR\.\n$/);
  expect(evaluated('--data', moved)).toMatchObject({ scored: 'test', loss, confusion });
});

it('takes what is no network as it takes networks', () => {
  const own = writeSyntheticFolder(join(root, 'own')); // a test before this one moves the other
  const fit = (...more: string[]) =>
    botlab('train', 'logistic', '--data', own, '--out', out, '--json', ...more);
  const first = fit('--task', 'multiclass', '--epochs', '2');
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/^--epochs: for networks, without effect on logistic, /m);
  const { folder, ...made } = JSON.parse(first.stdout) as RunMetrics & { folder: string };
  expect(made).toMatchObject({ kind: 'linear', facts: { params: expect.any(Number) as number } });
  expect(made).not.toHaveProperty('epochs');
  // Epochs are none of its business: this is the same run.
  expect(JSON.parse(fit('--task', 'multiclass', '--epochs', '3').stdout)).toEqual({
    folder,
    ...made,
  });
  const again = JSON.parse(botlab('evaluate', folder, '--json').stdout) as Answer;
  expect(again).toMatchObject({ scored: 'test', loss: made.loss, confusion: made.confusion });
});
