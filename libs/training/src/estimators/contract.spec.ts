import { rmSync } from 'node:fs';
import { estimatorContract } from '../contract';
import { temporaryFolder } from '../tiny-data.fixture.spec';
import { listEstimators } from './registry';

const out = temporaryFolder();
afterAll(() => rmSync(out, { recursive: true }));

/** What every estimator keeps to: one is covered by being registered. */
describe.each(listEstimators())('$name', (estimator) => {
  for (const { title, run } of estimatorContract(estimator, out)) it(title, run);
});
