import * as tf from '@tensorflow/tfjs';
import { expectCloseValues, onEveryEngine } from '../every-engine.fixture.spec';
import { uniform } from '../kernel-cases.fixture.spec';
import { CompiledBackend } from './backend';
import { columnSums } from './column-sums';

it.each([
  [0, 5],
  [1, 1],
  [33, 1],
  [1000, 11],
  [7, 16],
  [70, 150],
  [20_000, 33],
])('%i rows of %i columns', async (rows, columns) => {
  await onEveryEngine(() => {
    const backend = tf.backend();
    if (!(backend instanceof CompiledBackend)) return;
    const x = uniform([rows, columns]);
    const expected = new Float64Array(columns);
    x.dataSync().forEach((value, i) => (expected[i % columns]! += value));
    const sums = backend.host.allocate(columns);
    columnSums(backend.host, backend.values(x), rows, columns, sums);
    expectCloseValues(sums, expected, 1e-4);
    backend.host.release(sums);
    x.dispose();
  });
});
