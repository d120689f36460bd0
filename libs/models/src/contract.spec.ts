import { modelContract, trainingChecks } from './contract';
import { getModel, listModels } from './registry';

/** What every model keeps to: a new file in zoo/ is covered by being there. */
describe.each(listModels())('$name', (definition) => {
  for (const { title, run } of modelContract(definition)) it(title, run);
});

// One on the reference engine, which takes ten times as long: that others train as there is shown in libs/training.
describe('cnn1d on the reference engine', () => {
  for (const { title, run } of trainingChecks(getModel('cnn1d'), 'reference')) it(title, run);
});
