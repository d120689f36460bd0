import { RunConfig } from './run-config';

/** A run as its folder held it before there was another scaler than log by default, and a schedule that rises. */
const earlier = {
  experiment: 'table1-quick',
  model: 'gru',
  options: { units: 32 },
  task: 'multiclass',
  seed: 1,
  training: {
    epochs: 20,
    batchSize: 64,
    learningRate: 0.001,
    schedule: { kind: 'cosine', floor: 0 },
    validation: 0,
  },
  data: {
    source: { kind: 'simulated', seed: 1, scale: 1 },
    sample: { rows: 10_000 },
    split: 'row',
    testFraction: 0.2,
    leakage: 'drop',
    drop: [],
    scaler: 'log',
    seed: 1,
  },
  checksum: '00',
  environment: {
    ...{ botlab: '0.0.0', commit: null, node: '20.20.2', tfjs: '4.22.0' },
    ...{ engine: 'wasm (2 threads)', platform: 'linux x64', cpu: 'any' },
  },
};

it('reads the run of an earlier default as what it was', () => {
  const { data, training } = RunConfig.parse(earlier);
  expect(data.scaler).toBe('log');
  expect(training).toEqual({
    ...earlier.training,
    schedule: { kind: 'cosine', floor: 0, warmup: 0 },
  });
});

it('takes quantile where no scaler is named', () => {
  const data = { ...earlier.data, scaler: undefined };
  expect(RunConfig.parse({ ...earlier, data }).data.scaler).toBe('quantile');
});
