import * as tf from '@tensorflow/tfjs';
import { PARTS } from '../backends/compiled/parts';
import type { RecurrentShape } from '../backends/reference/lstm';
import { around, compiledHost } from '../conformance/block-sizes.fixture.spec';
import {
  expectClose,
  expectShareOfLargest,
  onEveryEngine,
} from '../conformance/every-engine.fixture.spec';
import { uniform } from '../conformance/kernel-cases.fixture.spec';
import {
  type Derived,
  deriveGRU,
  deriveLSTM,
  type Operands,
} from '../conformance/recurrent-float64.fixture.spec';
import { useEngine } from '../engines/use-engine';
import { gru, lstm } from './recurrent-op';

const LAYERS = [
  { name: 'lstm', op: lstm, gates: 4, float64: deriveLSTM },
  { name: 'gru', op: gru, gates: 3, float64: deriveGRU },
] as const;
type Layer = (typeof LAYERS)[number];

/** x, the weights, which leave the gates neither open nor closed, and dL/dh. */
function operandsOf({ gates }: Layer, { batch, time, inputs, units }: RecurrentShape) {
  const scaled = (shape: number[], seed: number): tf.Tensor =>
    uniform(shape, seed).mul(Math.sqrt(3 / shape[0]!));
  return {
    x: uniform([batch, time, inputs], 1),
    weights: [
      scaled([inputs, gates * units], 2),
      scaled([units, gates * units], 3),
      uniform([gates * units], 4),
    ],
    dHidden: uniform([batch, time, units], 5),
  };
}
type LayerOperands = ReturnType<typeof operandsOf>;

type OpArguments = [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];

/** Hidden states, then the gradients of x and the weights. */
function derive({ op }: Layer, { x, weights, dHidden }: LayerOperands): tf.Tensor[] {
  const run = (...args: tf.Tensor[]): tf.Tensor => op(...(args as OpArguments));
  return [run(x, ...weights), ...tf.grads(run)([x, ...weights], dHidden)];
}

const exact = new Map<string, Derived>();

/** What the equations give, computed once for all engines. */
function expectedOf(layer: Layer, shape: RecurrentShape, operands: LayerOperands): Derived {
  const key = `${layer.name} ${JSON.stringify(shape)}`;
  const { x, weights, dHidden } = operands;
  const float64 = [x, ...weights].map((tensor) => Float64Array.from(tensor.dataSync()));
  const derived = exact.get(key) ?? layer.float64(float64 as Operands, shape, dHidden.dataSync());
  exact.set(key, derived);
  return derived;
}

/**
 * Of the greatest value: float32 has 24 bits, and through many steps the errors of each are carried on to the next.
 * A state that is lost, or a row that is counted twice, is off by a thousand times as much.
 */
const HIDDEN = 4e-6;
const GRADIENT = 2e-5;

/** Fails unless the layer is its equations, and the same with fewer results, with any number of threads. */
async function expectEquations(engine: string, layer: Layer, shape: RecurrentShape): Promise<void> {
  const { x, weights, dHidden } = operandsOf(layer, shape);
  const threads = compiledHost() === undefined ? [1] : [3, 1];
  let first: tf.Tensor[] | undefined;
  for (const count of threads) {
    await useEngine(engine, { threads: count });
    const results = derive(layer, { x, weights, dHidden });
    if (first === undefined) {
      const { hidden, gradients } = expectedOf(layer, shape, { x, weights, dHidden });
      expectShareOfLargest(results[0]!.dataSync(), hidden, HIDDEN, 'hidden');
      ['dx', 'dKernel', 'dRecurrentKernel', 'dBias'].forEach((name, i) =>
        expectShareOfLargest(results[i + 1]!.dataSync(), gradients[i]!, GRADIENT, name),
      );
      // Without dx the weights' gradients are those of another path.
      const run = (...args: tf.Tensor[]): tf.Tensor => layer.op(...([x, ...args] as OpArguments));
      const alone = tf.grads(run)(weights, dHidden);
      alone.forEach((gradient, i) => expectClose(gradient, results[i + 2]!, 0));
      tf.dispose(alone);
      first = results;
    } else {
      results.forEach((tensor, i) => expectClose(tensor, first![i]!, 0));
      tf.dispose(results);
    }
  }
  tf.dispose([x, dHidden, ...weights, ...first!]);
}

async function expectAllEquations(
  engine: string,
  layer: Layer,
  shapes: readonly RecurrentShape[],
): Promise<void> {
  for (const shape of shapes) {
    try {
      await expectEquations(engine, layer, shape);
    } catch (cause) {
      throw new Error(`${JSON.stringify(shape)}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** Sizes on both sides of the borders of every block that the kernels compute in, one of them at a time. */
function shapesAroundBlocks(): RecurrentShape[] {
  const { lanes, tileRows, vocabulary } = compiledHost()!;
  const blockSteps = vocabulary.constant('blockSteps');
  const usual = { batch: tileRows + 1, time: blockSteps + 1, inputs: 3, units: lanes + 1 };
  const vary = (name: keyof RecurrentShape, sizes: number[], others = {}): RecurrentShape[] =>
    sizes.map((size) => ({ ...usual, ...others, [name]: size }));
  return [
    ...vary('time', around(blockSteps, 1, 2, 3)),
    ...vary('units', around(lanes, 1, 2, 3, 4)),
    ...vary('inputs', around(lanes, 1, 2, 3)),
    ...vary('batch', around(tileRows, 1, 2)),
    // Parts that sums are made of: of one tile each, and of two.
    ...vary('batch', around(PARTS * tileRows, 1, 2), { time: 2, units: 3 }),
  ];
}

/** Layers of the models as they ship, with whole batches and with what is left of the rows for the last one. */
const SHIPPED: Record<Layer['name'], RecurrentShape[]> = {
  lstm: [
    { batch: 512, time: 115, inputs: 1, units: 16 },
    { batch: 320, time: 115, inputs: 32, units: 16 },
    { batch: 61, time: 115, inputs: 32, units: 32 },
    { batch: 23, time: 58, inputs: 32, units: 32 },
    { batch: 17, time: 58, inputs: 64, units: 64 },
  ],
  gru: [
    { batch: 512, time: 115, inputs: 1, units: 32 },
    { batch: 133, time: 115, inputs: 1, units: 64 },
  ],
};

/** Engines whose kernels are not those of the host have blocks of their own, which their own tests go around. */
const FEW: RecurrentShape[] = [{ batch: 7, time: 35, inputs: 5, units: 17 }];

describe.each(LAYERS)('$name is its equations in float64, forward and backward', (layer) => {
  it('around every block', () =>
    onEveryEngine((engine) =>
      expectAllEquations(engine, layer, compiledHost() === undefined ? FEW : shapesAroundBlocks()),
    ));

  it.each(SHIPPED[layer.name])(
    'at $batch × $time × $inputs, $units units, which ship',
    (shape) =>
      onEveryEngine(async (engine) => {
        if (compiledHost() !== undefined) await expectAllEquations(engine, layer, [shape]);
      }),
    120_000,
  );
});
