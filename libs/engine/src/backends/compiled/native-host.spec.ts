import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { withoutNative } from '../../../../../tools/testing/native';
import { skipIf } from '../../../../../tools/testing/skip-if';
import { type Addon, NativeHost } from './native-host';

const file =
  process.env['BOTLAB_ADDON'] ??
  join(__dirname, '..', '..', '..', 'dist', 'native', 'kernels.node');

/** The seats that a call on many ranges has used: each writes into scratch of its own. */
function seatsUsed(host: NativeHost, most: number): number[] {
  const batch = 4096 * host.tileRows;
  const seatFloats = 2 * host.tileRows * host.lanes;
  const scratch = new Float32Array(most * seatFloats).fill(NaN);
  const packed = new Float32Array(3 * host.lanes * 3); // of one input and one unit
  const [x, hidden] = [new Float32Array(8 * batch), new Float32Array(8 * batch)];
  const operands = [x, packed, hidden, null, scratch, 8, 1, 1];
  host.run('gruForward', batch, host.tileRows, operands);
  return Array.from({ length: most }, (_, seat) => seat).filter(
    (seat) => !Number.isNaN(scratch[seat * seatFloats]),
  );
}

skipIf(withoutNative).describe('the native host', () => {
  let host: NativeHost;
  beforeAll(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
    host = new NativeHost(require(file) as Addon);
  });

  it('gives no more seats than it has threads, whatever others have set', async () => {
    host.setThreads(2);
    const script = `require(${JSON.stringify(file)}).setThreads(4)`;
    await once(new Worker(script, { eval: true }), 'exit');
    const seats = Array.from({ length: 20 }, () => seatsUsed(host, 4)).flat();
    expect(Math.max(...seats)).toBeLessThan(2);
    host.setThreads(1);
    expect(seatsUsed(host, 4)).toEqual([0]);
  });

  it.each([0, -1])('refuses %d threads', (threads) => {
    expect(() => host.setThreads(threads)).toThrow('expected a number of threads from 1');
  });
});
