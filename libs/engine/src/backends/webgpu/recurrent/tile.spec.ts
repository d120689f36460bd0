import * as tf from '@tensorflow/tfjs';
import { expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import type { GPUBackend } from '../backend';
import type { Shader } from '../shader';
import { itOnWebGPU } from '../webgpu.fixture.spec';
import * as gru from './gru';
import * as lstm from './lstm';
import { inRegisters, type Tile, tileFor } from './tile';
import { groupsOf, TRANSPOSED } from './transposed';

const LAYERS = [
  { name: 'LSTM', gates: 4, forward: lstm.lstmForward, backward: lstm.lstmBackward },
  { name: 'GRU', gates: 3, forward: gru.gruForward, backward: gru.gruBackward },
] as const;
type Layer = (typeof LAYERS)[number];

const BATCH = 11;
const TIME = 3;

function made(backend: GPUBackend, shape: number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(backend.make(shape));
}

/** A shader that begins with its workgroup's memory full of what is not a number. */
function poisoned(shader: Shader): Shader {
  const arrays = shader.code.matchAll(/var<workgroup> (\w+): array<array<(.+), (\w+)>, (.+)>;/g);
  const loops = [...arrays].map(
    ([, name, type, columns, rows]) => /* wgsl */ `
for (var place = thread; place < ${rows} * ${columns}; place += THREADS) {
  ${name}[place / ${columns}][place % ${columns}] = ${type}(bitcast<f32>(0x7fc00000u | thread));
}`,
  );
  const start = 'let lane = thread % BLOCK;';
  const code = shader.code.replace(start, `${start}${loops.join('')}\nworkgroupBarrier();`);
  return { ...shader, code };
}

/** The hidden states, the activated gates and dL/dgates, with a tile. */
function outputsOf(
  backend: GPUBackend,
  layer: Layer,
  tile: Tile,
  changed = (shader: Shader): Shader => shader,
): Float32Array[] {
  const { units, rows, shared } = tile;
  const width = layer.gates * units;
  const run = (shader: Shader, operands: tf.Tensor[]): void =>
    backend.dispatch(changed(shader), operands, [BATCH, TIME], [Math.ceil(BATCH / rows)]);
  const weights = uniform([units, width], 1).mul(2 / Math.sqrt(units));
  const gates = uniform([BATCH, TIME, width], 2); // in which the input's share is replaced
  const hidden = made(backend, [BATCH, TIME, units]);
  const cell = layer.name === 'LSTM' ? [made(backend, hidden.shape)] : [];
  run(layer.forward(units, rows, shared, false, 0), [weights, hidden, gates, ...cell]);
  const transposed = made(backend, [width, Math.ceil(units / 4), 4]);
  backend.dispatch(TRANSPOSED, [weights, transposed], [units, width], groupsOf(units, width));
  const dGates = made(backend, [BATCH, TIME, width]);
  const [recurrent, states] = [inRegisters(tile) ? weights : transposed, cell[0] ?? hidden];
  const dHidden = uniform(hidden.shape, 3);
  run(layer.backward(units, rows, shared), [recurrent, states, gates, dHidden, dGates]);
  return [hidden, gates, dGates].map((tensor) => tensor.dataSync() as Float32Array);
}

/** Tiles whose results have to be those of one row alone, in the workgroup's memory. */
const TILES: Tile[] = [
  { units: 9, rows: 1, shared: true },
  { units: 9, rows: 2, shared: true },
  { units: 9, rows: 4, shared: false },
  { units: 70, rows: 4, shared: true },
  { units: 70, rows: 8, shared: false },
];

describe.each(LAYERS)('$name', (layer) => {
  itOnWebGPU(
    'has the same bits with every tile, whatever was in the workgroup’s memory',
    (backend) => {
      const alone = new Map<number, Float32Array[]>();
      for (const tile of TILES) {
        tf.tidy(() => {
          const { units } = tile;
          const one = (): Float32Array[] =>
            outputsOf(backend, layer, { units, rows: 1, shared: true });
          const expected = alone.get(units) ?? one();
          alone.set(units, expected);
          outputsOf(backend, layer, tile, poisoned).forEach((actual, i) =>
            expectCloseValues(actual, expected[i]!, 0),
          );
        });
      }
    },
  );
});

const bytes = { sums: 16, state: 16 };
const KIB = 1024;

it.each([
  { units: 16, batch: 1, memory: 16 * KIB, rows: 1, shared: true },
  { units: 16, batch: 256, memory: 16 * KIB, rows: 2, shared: true },
  { units: 16, batch: 512, memory: 16 * KIB, rows: 4, shared: true },
  { units: 16, batch: 100_000, memory: 48 * KIB, rows: 4, shared: true },
  { units: 64, batch: 512, memory: 16 * KIB, rows: 2, shared: true },
  { units: 64, batch: 512, memory: 32 * KIB, rows: 4, shared: true },
  { units: 128, batch: 5000, memory: 64 * KIB, rows: 8, shared: true },
  { units: 700, batch: 512, memory: 16 * KIB, rows: 1, shared: true },
  { units: 900, batch: 512, memory: 16 * KIB, rows: 4, shared: false },
])('$units units and a batch of $batch have $rows rows in $memory bytes', (given) => {
  const { units, batch, memory, rows, shared } = given;
  expect(tileFor(units, batch, bytes, memory)).toEqual({ units, rows, shared });
});

it('needs no more memory than WebGPU guarantees', () => {
  for (let units = 1; units < 20_000; units = Math.ceil(units * 1.1)) {
    expect(tileFor(units, 512, bytes, 16 * KIB).units).toBe(units);
  }
});
