import { type BenchOptions, benchRequest } from './bench-request';

const plain = { engine: 'auto', work: 'all', batch: 4, threads: 1, rounds: 1, seconds: 1 } as const;
const asked = (options: Partial<BenchOptions>) => benchRequest({ ...plain, ...options });

it('is of all networks, of all trees that an opponent has, or of the reference where dispatches are counted', () => {
  const networks: unknown = expect.arrayContaining(['dense', 'res-1dcnn-lstm']);
  expect(asked({})).toEqual({ networks });
  expect(asked({ against: 'lightgbm' })).toEqual({ trees: ['boosting'] });
  expect(asked({ countDispatches: true })).toEqual({ networks: ['res-1dcnn-lstm'] });
});

it.each<[Partial<BenchOptions>, RegExp]>([
  [{ models: ['dense', 'tree'] }, /^Cannot time dense and tree in one table/],
  [{ models: ['tree'], width: 2 }, /^Cannot time tree with --width, which is for networks/],
  [{ models: ['dense'], rows: 9 }, /^Cannot time dense with --rows, which is for trees/],
  [{ models: ['tree'], profileKernels: true }, /--profile-kernels, which is for networks/],
  [{ memory: true, work: 'infer' }, /^Cannot measure memory with --work infer/],
])('refuses what says nothing of what is timed: %j', (options, sentence) => {
  expect(() => asked(options)).toThrow(sentence);
});
