import * as tf from '@tensorflow/tfjs';
import { Shader } from '../shader';
import { itOnWebGPU } from '../webgpu.fixture.spec';
import { ACTIVATIONS } from './activation';

const BOTH = new Shader({
  label: 'activations',
  bindings: { x: 'read', sigmoids: 'write', tangents: 'write' },
  code: /* wgsl */ `
${ACTIVATIONS}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= arrayLength(&x)) { return; }
  sigmoids[id.x] = sigmoid(x[id.x]);
  tangents[id.x] = hyperbolicTangent(x[id.x]);
}
`,
});

/** Both signs, from the smallest normal numbers to where nothing changes any more. */
const MAGNITUDES = [
  ...Array.from({ length: 3000 }, (_, i) => Math.fround(i / 150)),
  ...Array.from({ length: 300 }, (_, i) => Math.fround(1e-30 * 1.25 ** i)),
  ...[0.625, 0.6249999, 88, 104, 1e6, 3e38, Infinity],
];

itOnWebGPU('sigmoid and tanh are those of float64, to 1e-6 of their value', (backend) => {
  tf.tidy(() => {
    const x = MAGNITUDES.flatMap((magnitude) => [magnitude, -magnitude]);
    const [sigmoids, tangents] = [0, 1].map(() =>
      tf.engine().makeTensorFromTensorInfo(backend.make([x.length])),
    );
    const operands = [tf.tensor1d(x), sigmoids!, tangents!];
    backend.dispatch(BOTH, operands, [], [Math.ceil(x.length / 64)]);
    const [sigmoid, tangent] = [sigmoids!.dataSync(), tangents!.dataSync()];
    x.forEach((value, i) => {
      const expected = [1 / (1 + Math.exp(-value)), Math.tanh(value)];
      [sigmoid[i]!, tangent[i]!].forEach((actual, which) => {
        const tolerance = 1e-6 * Math.abs(expected[which]!) + 1e-37;
        // The exponential of WGSL is as exact as its argument is small.
        const scale = which === 0 && value < 0 ? 1 - value : 1;
        if (Math.abs(actual - expected[which]!) <= tolerance * scale) return;
        throw new Error(`${['sigmoid', 'tanh'][which]} of ${value} is ${actual}`);
      });
    });
  });
});

itOnWebGPU('sigmoid and tanh of what is not a number are neither', (backend) => {
  tf.tidy(() => {
    const x = tf.tensor1d([NaN, 1]);
    const outs = [0, 1].map(() => tf.engine().makeTensorFromTensorInfo(backend.make([2])));
    backend.dispatch(BOTH, [x, ...outs], [], [1]);
    for (const out of outs) expect([...out.dataSync()].map(Number.isNaN)).toEqual([true, false]);
  });
});
