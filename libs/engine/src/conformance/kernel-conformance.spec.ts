import * as tf from '@tensorflow/tfjs';
import { skipIf, slow } from '../../../../tools/testing/skip-if';
import { withoutNative } from '../../../../tools/testing/native';
import { isSlowWebGPU, withoutWebGPU } from '../../../../tools/testing/webgpu';
import { withoutTensorFlow } from '../backends/tensorflow/installed.fixture.spec';
import { TENSORFLOW_DIFFERENCES } from '../backends/tensorflow/differences.fixture.spec';
import { WEBGPU_DIFFERENCES } from '../backends/webgpu/differences.fixture.spec';
import { KERNELS } from '../backends/webgpu/kernels';
import { describeEngines, useEngine } from '../engines/use-engine';
import { CONVOLUTION_CASES } from './convolution-cases.fixture.spec';
import { COPY_CASES, FURTHER_COPY_CASES } from './copy-cases.fixture.spec';
import type { Difference } from './difference.fixture.spec';
import {
  BINARY_CASES,
  EXTREME_CASES,
  FURTHER_BINARY_CASES,
  INTEGER_CASES,
  LONG_REDUCTION_CASES,
  REDUCTION_CASES,
} from './elementwise-cases.fixture.spec';
import { expectWithin, onEveryEngine } from './every-engine.fixture.spec';
import { FUSED_CASES } from './fused-cases.fixture.spec';
import type { KernelCase } from './kernel-cases.fixture.spec';
import { MATMUL_CASES } from './matmul-cases.fixture.spec';
import { POOLING_CASES } from './pooling-cases.fixture.spec';
import { SOFTMAX_CASES } from './softmax-cases.fixture.spec';
import { toleranceOf } from './tolerance.fixture.spec';
import { UNARY_CASES } from './unary-cases.fixture.spec';

/** Every case: an engine that replaces a further kernel, or has one of its own, adds its cases here. */
const cases = [
  ...CONVOLUTION_CASES,
  ...BINARY_CASES,
  ...INTEGER_CASES,
  ...REDUCTION_CASES,
  ...LONG_REDUCTION_CASES,
  ...COPY_CASES,
  ...FURTHER_BINARY_CASES,
  ...EXTREME_CASES,
  ...FURTHER_COPY_CASES,
  ...FUSED_CASES,
  ...MATMUL_CASES,
  ...POOLING_CASES,
  ...SOFTMAX_CASES,
  ...UNARY_CASES,
];

const differences: Readonly<Record<string, readonly Difference[]>> = {
  webgpu: WEBGPU_DIFFERENCES,
  tensorflow: TENSORFLOW_DIFFERENCES,
};

beforeAll(() => useEngine('reference')); // and with it tfjs's production mode

/** Whether the backend in use computes a kernel by itself: not as tfjs's cpu, which is what it is compared with. */
function hasOwn(kernel: string): boolean {
  const own = tf.getKernel(kernel, tf.getBackend());
  return own !== undefined && own.kernelFunc !== tf.getKernel(kernel, 'cpu')?.kernelFunc;
}

/** Kernels of ours that TensorFlow has no operation for. */
const TENSORFLOW_KERNELS =
  /^(?!(AdamUpdate|CrossEntropy|Gelu|Join|LayerNorm|DenseLayer|Convolution1D))/;

/** Computes a case where an engine has the kernel, and compares; says on which engines it did. */
async function compare(kernelCase: KernelCase, engines: readonly string[]): Promise<string[]> {
  const { name, kernel, compute, expected } = kernelCase;
  await tf.setBackend('cpu');
  const wanted = tf.tidy(expected);
  const compared: string[] = [];
  await onEveryEngine((engine) => {
    if (!engines.includes(engine) || !hasOwn(kernel)) return;
    const actual = tf.tidy(compute);
    const allowed = differences[engine]?.filter(({ cases }) => cases.test(name)) ?? [];
    expect(actual).toHaveLength(wanted.length);
    wanted.forEach((tensor, i) =>
      expectWithin(actual[i]!, tensor, [toleranceOf(kernelCase), ...allowed]),
    );
    tf.dispose(actual);
    compared.push(engine);
  });
  tf.dispose(wanted);
  return compared;
}

/** Fails unless engines compute a case as they should, those of them that BOTLAB_ENGINES names where it is set. */
async function expectOn(kernelCase: KernelCase, engines: readonly string[]): Promise<void> {
  const compared = await compare(kernelCase, engines);
  if (process.env['BOTLAB_ENGINES'] !== undefined) return;
  // The reference engine has few kernels of its own.
  const necessary = engines.filter((engine) => engine !== 'reference');
  expect(compared).toEqual(expect.arrayContaining(necessary));
}

/** Some cases, by their kernel. */
function byKernel(cases: readonly KernelCase[]): [kernel: string, KernelCase[]][] {
  const groups = new Map<string, KernelCase[]>();
  for (const each of cases) groups.set(each.kernel, [...(groups.get(each.kernel) ?? []), each]);
  return [...groups];
}

async function expectAllOn(cases: readonly KernelCase[], engine: string): Promise<void> {
  for (const each of cases) {
    try {
      await expectOn(each, [engine]);
    } catch (cause) {
      throw new Error(`${each.name}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** What only the card has; elsewhere it is tfjs's own, or composed of that. */
const ON_CARD_ALONE = /^(Expm1|Log1p|Softplus|SpreadGradient)$/;
const elsewhere = cases.filter(({ kernel }) => !ON_CARD_ALONE.test(kernel));

describe('native, wasm and reference', () => {
  const compiled: string[] = withoutNative === undefined ? ['native', 'wasm'] : ['wasm'];
  it.each(elsewhere)('$name', (kernelCase) => expectOn(kernelCase, [...compiled, 'reference']));
});
skipIf(withoutNative).it('native is among them', async () => {
  const native = (await describeEngines()).find(({ name }) => name === 'native');
  expect(native?.available).toBe(true);
});

/** Some cases of each kernel of ours, and all about special values: enough for a card that is played slowly. */
function someOfOurs(): Set<KernelCase> {
  const MOST = 5;
  const some = new Set<KernelCase>();
  for (const { kernelName } of KERNELS) {
    const all = cases.filter(({ kernel }) => kernel === kernelName);
    for (let i = 0; i < MOST; i++) some.add(all[Math.floor((i * all.length) / MOST)]!);
    for (const each of all) if (/special|NaN|infinit/i.test(each.name)) some.add(each);
  }
  return some;
}

const some = someOfOurs();
const soon = isSlowWebGPU ? cases.filter((each) => some.has(each)) : cases;
const later = cases.filter((each) => !soon.includes(each));
const MINUTES = 300_000; // a processor that plays a card compiles slowly
skipIf(withoutWebGPU).describe('webgpu', () => {
  it.each(byKernel(soon))('%s', (_, cases) => expectAllOn(cases, 'webgpu'), MINUTES);
});
if (later.length > 0) {
  skipIf(withoutWebGPU ?? slow).describe('webgpu, the rest', () => {
    it.each(byKernel(later))('%s', (_, cases) => expectAllOn(cases, 'webgpu'), MINUTES);
  });
}

skipIf(withoutTensorFlow ?? slow).describe('tensorflow', () => {
  // Those that only we have are composed of others there, but for the recurrent ones.
  const theirs = elsewhere.filter(({ kernel }) => TENSORFLOW_KERNELS.test(kernel));
  it.each(byKernel(theirs))('%s', (_, cases) => expectAllOn(cases, 'tensorflow'));
});

it.each(Object.entries(differences))('%s differs in cases that there are', (_, differences) => {
  for (const { cases: names, reason } of differences) {
    expect([reason, cases.some(({ name }) => names.test(name))]).toEqual([reason, true]);
  }
});

it('each case runs the kernel that it is named after', async () => {
  await useEngine('wasm'); // it has all, but for one of the card's
  for (const { name, kernel, compute } of elsewhere) {
    const { kernelNames } = await tf.profile(() => void tf.tidy(compute));
    if (!kernelNames.includes(kernel)) throw new Error(`${name} ran ${kernelNames.join(', ')}`);
  }
});

it('every kernel that an engine of ours has has a case', async () => {
  const covered = new Set(cases.map(({ kernel }) => kernel));
  const onCard = new Set(KERNELS.map(({ kernelName }) => kernelName));
  for (const { name, backend, available } of await describeEngines()) {
    if (!available || name === 'tensorflow') continue; // TensorFlow's own
    await useEngine(name);
    const ours = tf
      .getKernelsForBackend(backend)
      .map(({ kernelName }) => kernelName)
      .filter((kernel) => (name === 'webgpu' ? onCard.has(kernel) : hasOwn(kernel)));
    expect([name, ours.filter((kernel) => !covered.has(kernel))]).toEqual([name, []]);
  }
});
