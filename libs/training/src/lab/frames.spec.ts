import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@botlab/engine';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { fit } from './fit';
import { historyFrame, predictionsFrame, runsFrame } from './frames';
import { loadData } from './load-data';
import { removeTemporaryRuns } from './temporary-runs';
import { tinyTable } from './tiny-table.fixture.spec';

const out = temporaryFolder();
afterAll(() => rmSync(out, { recursive: true }));
afterAll(removeTemporaryRuns);

it('are of a run’s epochs and predictions, and of the runs in a folder', async () => {
  await useEngine('reference');
  const data = await loadData(await tinyTable(), { synthetic: true });
  const dense = await fit('dense', data, { epochs: 3, task: 'binary', out });
  const majority = await fit('majority', data, { out, experiment: 'other' });

  const history = historyFrame(dense);
  expect(history.column('epoch').values).toEqual([1, 2, 3]);
  expect(history.column('loss').values).toEqual(dense.history.map(({ loss }) => loss));
  expect(() => historyFrame(majority)).toThrow('Cannot show the epochs of majority');

  const predictions = predictionsFrame(dense);
  expect(predictions.shape).toEqual([dense.metrics.rows, 7]);
  expect(predictions.column('truth').values).toEqual(dense.predictions.truth);

  const runs = runsFrame(out);
  expect(runs.column('experiment').values).toEqual(['other', 'train']);
  expect(runs.column('accuracy').values).toEqual(
    [majority, dense].map(({ metrics }) => metrics.accuracy),
  );
  expect(runs.column('epochs').values).toEqual([NaN, 3]);
  expect(runs.column('folder').values).toEqual([majority.folder.path, dense.folder.path]);
  expect(runsFrame(join(out, 'train')).shape[0]).toBe(1);
  expect(() => runsFrame(join(out, 'nothing'))).toThrow('it has no finished run');
});
