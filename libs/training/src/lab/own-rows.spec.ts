import { rmSync } from 'node:fs';
import { FEATURE_NAMES, Table, tableSource } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { evaluateRun } from '../evaluate-run';
import { identityOf } from '../experiments/plan';
import { openSource } from '../open-source';
import { temporaryFolder, tinyConfig, tinySpec } from '../tiny-data.fixture.spec';
import { compare } from './compare';
import { fit } from './fit';
import { loadData } from './load-data';
import { removeTemporaryRuns } from './temporary-runs';
import { tinyTable } from './tiny-table.fixture.spec';

const out = temporaryFolder();
beforeAll(() => useEngine('reference'));
afterAll(() => rmSync(out, { recursive: true }));
afterAll(removeTemporaryRuns);

const brief = { epochs: 2, batchSize: 16, task: 'binary', options: { units: [4] } } as const;

it('columns of one’s own are trained on, told apart and answered as any', async () => {
  const values = Array.from({ length: 60 }, (_, i) => [i % 7, i % 3 ? 'scan' : 'quiet', i % 3]);
  const frame = { columns: ['ttl', 'kind', 'flags'], values };
  const classes = { quiet: 'benign', scan: 'gafgyt scan' };
  const table = Table.fromFrame(frame, { label: 'kind', classes, features: ['ttl', 'flags'] });
  const data = await loadData(table, { name: 'my rows' });
  const tree = await fit('tree', data, { task: 'binary' });
  expect(tree.metrics.accuracy).toBe(1);
  expect(tree.config.data.source).toEqual({ kind: 'table', name: 'my rows' });
  expect((await tree.predict(table.take([0, 1]))).names).toEqual(['benign', 'attack']);
  const dense = await fit('dense', data, brief);
  expect((await compare([dense, tree])).best).toContain('Decision tree');
  await expect(openSource(tree.config.data.source)).rejects.toThrow(
    'Cannot open the rows of my rows: they were a table in memory; name a folder of rows, such as with --data DIR.',
  );
});

it('rows and columns that are chosen are part of what a run is, and of how it is evaluated', async () => {
  const table = await tinyTable();
  const columns = [...FEATURE_NAMES].reverse().slice(0, 50);
  const chosen = { columns, every: 3 };
  const run = await fit('dense', await loadData(table, chosen), { ...brief, out });
  expect(run.config.data).toMatchObject(chosen);
  const open = () => Promise.resolve(tableSource(table));
  const { evaluation, scored } = await evaluateRun(run.folder.path, { open });
  expect(scored).toBe('test');
  expect(evaluation.confusion).toEqual(run.metrics.confusion);
  const fewer = await loadData(table, { ...chosen, every: 2 });
  await expect(fit('dense', fewer, { ...brief, out })).rejects.toThrow('every 3, not 2');
  const otherwise = await loadData(table, { ...chosen, columns: [...columns].reverse() });
  await expect(fit('dense', otherwise, { ...brief, out })).rejects.toThrow('columns [');
});

it('a plan that chooses none has the identity that it had before there was a choice', () => {
  const { training, checksum } = tinyConfig();
  expect(identityOf({ data: tinySpec, training, checksum })).toBe(
    '79acee51d4a1632d41e94613eae824db54e6d0c4d7775eba7d2201c4f025f6c4',
  );
  expect(identityOf({ data: { ...tinySpec, every: 2 }, training, checksum })).not.toBe(
    '79acee51d4a1632d41e94613eae824db54e6d0c4d7775eba7d2201c4f025f6c4',
  );
});
