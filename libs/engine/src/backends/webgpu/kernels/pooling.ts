import { type backend_util, util } from '@tensorflow/tfjs';
import { POOLING_SIZES, poolingSizes, poolingWindow } from '../../pooling-window';
import type { GPUKernel } from '../call';
import { elementGroups, forElements } from '../elements';
import { Shader, type ShaderSource } from '../shader';
import { SPECIAL_VALUES } from '../special-values';

const UNIFORMS: ShaderSource['uniforms'] = {
  count: 'u32',
  ...Object.fromEntries(POOLING_SIZES.map((size) => [size, 'i32' as const])),
};

/** The same as numbers. */
function uniformsOf(count: number, pool: backend_util.Conv2DInfo): number[] {
  const sizes = poolingSizes(pool);
  return [count, ...POOLING_SIZES.map((size) => sizes[size])];
}

/** WGSL: the places of an input in the window of an output, padding left out. */
const WINDOW = /* wgsl */ `
struct Window { top: i32, bottom: i32, left: i32, right: i32 }

fn windowOf(outY: i32, outX: i32) -> Window {
  let y = outY * uniforms.strideHeight - uniforms.top;
  let x = outX * uniforms.strideWidth - uniforms.left;
  return Window(
    max(0, y),
    min(uniforms.inHeight, y + uniforms.filterHeight),
    max(0, x),
    min(uniforms.inWidth, x + uniforms.filterWidth),
  );
}

fn inputAt(batch: i32, y: i32, column: i32, channel: i32) -> i32 {
  return ((batch * uniforms.inHeight + y) * uniforms.inWidth + column) * uniforms.inChannels + channel;
}
`;

/** A thread for each output, neighbours for neighbouring channels, which goes over its window. */
function forwardShader(label: string, before: string, each: string, result: string): Shader {
  return new Shader({
    label,
    bindings: { x: 'read', out: 'write' },
    uniforms: UNIFORMS,
    code: /* wgsl */ `
${SPECIAL_VALUES}
${WINDOW}
${forElements(/* wgsl */ `
  let index = i32(i);
  let channel = index % uniforms.inChannels;
  let position = index / uniforms.inChannels;
  let row = position / uniforms.outWidth;
  let batch = row / uniforms.outHeight;
  let window = windowOf(row % uniforms.outHeight, position % uniforms.outWidth);
  ${before}
  for (var y = window.top; y < window.bottom; y++) {
    for (var column = window.left; column < window.right; column++) {
      let value = x[inputAt(batch, y, column, channel)];
      ${each}
    }
  }
  out[index] = ${result};
`)}
`,
  });
}

const maximum = forwardShader(
  'maximum of windows',
  'var greatest = minusInfinity();',
  'if (!isNaN(value) && value > greatest) { greatest = value; }',
  'greatest',
);

const average = forwardShader(
  'average of windows',
  'var sum = 0.0; var count = 0.0;',
  'sum += value; count += 1.0;',
  'select(sum / count, notANumber(), count == 0.0)',
);

/**
 * A thread for each input, which takes the gradients of those windows whose first greatest place it is, from
 * top to bottom and from left to right.
 */
const maximumGradient = new Shader({
  label: 'gradient of the maximum of windows',
  bindings: { x: 'read', dy: 'read', dx: 'write' },
  uniforms: UNIFORMS,
  code: /* wgsl */ `
${SPECIAL_VALUES}
${WINDOW}
fn isFirstGreatest(window: Window, batch: i32, channel: i32, index: i32, value: f32) -> bool {
  for (var y = window.top; y < window.bottom; y++) {
    for (var column = window.left; column < window.right; column++) {
      let at = inputAt(batch, y, column, channel);
      let other = x[at];
      if (!isNaN(other) && (other > value || (other == value && at < index))) { return false; }
    }
  }
  return true;
}

fn firstWindow(place: i32, filterSize: i32, stride: i32) -> i32 {
  return max(0, place - filterSize + stride) / stride;
}

${forElements(/* wgsl */ `
  let index = i32(i);
  let value = x[index];
  let channel = index % uniforms.inChannels;
  let position = index / uniforms.inChannels;
  let row = position / uniforms.inWidth;
  let batch = row / uniforms.inHeight;
  let y = row % uniforms.inHeight + uniforms.top;
  let column = position % uniforms.inWidth + uniforms.left;
  var sum = 0.0;
  if (!isNaN(value) && value != minusInfinity()) {
    let lastY = min(uniforms.outHeight - 1, y / uniforms.strideHeight);
    let lastX = min(uniforms.outWidth - 1, column / uniforms.strideWidth);
    let firstX = firstWindow(column, uniforms.filterWidth, uniforms.strideWidth);
    for (var outY = firstWindow(y, uniforms.filterHeight, uniforms.strideHeight); outY <= lastY; outY++) {
      for (var outX = firstX; outX <= lastX; outX++) {
        if (isFirstGreatest(windowOf(outY, outX), batch, channel, index, value)) {
          let source = (batch * uniforms.outHeight + outY) * uniforms.outWidth + outX;
          sum += dy[source * uniforms.inChannels + channel];
        }
      }
    }
  }
  dx[index] = sum;
`)}
`,
});

/** Input `x`, float32, in one dispatch. */
function forward(kernelName: string, shader: Shader): GPUKernel {
  return {
    kernelName,
    run(call, own) {
      const { backend } = call;
      const x = call.input('x');
      const pool = poolingWindow(call.attrs, x.shape);
      const { filterHeight, filterWidth, inShape, outShape } = pool;
      const isCopy = filterHeight === 1 && filterWidth === 1 && util.arraysEqual(inShape, outShape);
      if (x.dtype !== 'float32' || isCopy) return call.passTo(own);
      const out = backend.make(outShape);
      const size = util.sizeFromShape(outShape);
      if (size === 0) return out;
      backend.dispatch(shader, [x, out], uniformsOf(size, pool), elementGroups(size));
      return out;
    },
  };
}

/** Inputs `dy` and `input`, float32, in one dispatch. */
const maxPoolGradient: GPUKernel = {
  kernelName: 'MaxPoolGrad',
  run(call, own) {
    const { backend } = call;
    const input = call.input('input');
    const dy = call.input('dy');
    if (input.dtype !== 'float32' || dy.dtype !== 'float32') return call.passTo(own);
    const pool = poolingWindow(call.attrs, input.shape);
    const dx = backend.make(input.shape);
    const size = call.size('input');
    if (size === 0) return dx;
    backend.dispatch(maximumGradient, [input, dy, dx], uniformsOf(size, pool), elementGroups(size));
    return dx;
  },
};

export const poolingKernels: readonly GPUKernel[] = [
  forward('MaxPool', maximum),
  forward('AvgPool', average),
  maxPoolGradient,
];
