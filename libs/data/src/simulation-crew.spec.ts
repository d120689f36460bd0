import { CELLS } from '@botlab/traffic';
import { simulateJobs } from './simulation-crew';

const job = (i: number, rows: number) => ({
  cell: CELLS[i]!,
  seed: 1,
  selection: Uint32Array.of(rows - 1),
});

it('begins with the longest', async () => {
  const order: number[] = [];
  await simulateJobs([job(0, 10), job(1, 3000), job(2, 500)], { threads: 1 }, (place) => {
    order.push(place);
  });
  expect(order).toEqual([1, 2, 0]);
});

it('tells how many rows of a long file were made while it is made', async () => {
  const told: number[] = [];
  const options = { threads: 2, onProgress: (done: number) => void told.push(done) };
  await simulateJobs([job(0, 25_000)], options, () => undefined);
  expect(told).toEqual([10_000, 20_000, 25_000]);
});

it('passes on what a worker throws', async () => {
  const unknown = { ...job(0, 10), cell: { ...CELLS[0]!, device: 'toaster' } };
  const jobs = [job(1, 100_000), unknown];
  await expect(simulateJobs(jobs, { threads: 2 }, () => undefined)).rejects.toThrow(
    'no such device: toaster',
  );
});

it('passes on what its caller throws', async () => {
  const fail = () => {
    throw new Error('no room');
  };
  await expect(simulateJobs([job(0, 10)], { threads: 1 }, fail)).rejects.toThrow('no room');
  const told = simulateJobs([job(0, 25_000)], { threads: 1, onProgress: fail }, () => undefined);
  await expect(told).rejects.toThrow('no room');
});

it('does not begin where it was stopped before', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(simulateJobs([job(0, 10)], { threads: 1, signal }, () => undefined)).rejects.toThrow(
    'enough',
  );
});
