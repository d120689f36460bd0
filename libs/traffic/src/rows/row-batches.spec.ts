import { FEATURES } from '../schema';
import { RowBatches } from './row-batches';
import type { RowSink } from './row-sink';

it('hands over as many rows as are wanted, and the rest at the end', async () => {
  const batches: number[][] = [];
  let ends = 0;
  const sink: RowSink = {
    batchRows: 3,
    write: (rows) => {
      batches.push([...rows].filter((_, i) => i % FEATURES.length === 0));
      return Promise.resolve(new Float64Array(3 * FEATURES.length));
    },
    end: () => Promise.resolve(void ends++),
  };
  const gathered = new RowBatches(sink);
  for (let row = 0; row < 7; row++) {
    const from = { write: (out: Float64Array, offset: number) => void (out[offset] = row) };
    if (gathered.append(from)) {
      expect(() => gathered.append(from)).toThrow('flush before the next row');
      await gathered.flush();
    }
  }
  await gathered.end();
  expect(batches).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect([gathered.rows, ends]).toEqual([7, 1]);
});
