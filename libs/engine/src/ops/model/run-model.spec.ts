import * as tf from '@tensorflow/tfjs';
import { onEveryEngine, expectClose } from '../../conformance/every-engine.fixture.spec';
import { hasKernel } from '../has-kernel';
import { uniform } from '../../conformance/kernel-cases.fixture.spec';
import { FusedLSTM } from '../layers/fused-lstm';
import { runModel } from './run-model';
import { useEngine } from '../../engines/use-engine';

type Symbolic = tf.SymbolicTensor;
const apply = (layer: tf.layers.Layer, to: Symbolic | Symbolic[]) => layer.apply(to) as Symbolic;
const { layers } = tf;

/** Weights by place, so that two builds of a model are the same. */
function seeded(model: tf.LayersModel): tf.LayersModel {
  // Above 0, as variances are.
  const weights = model.getWeights().map(({ shape }, i) =>
    uniform(shape, i + 1)
      .mul(0.4)
      .add(0.5),
  );
  model.setWeights(weights);
  return model;
}

const bn = () => layers.batchNormalization({ momentum: 0.9, epsilon: 1e-4 });
const conv = (filters: number, more = {}) =>
  layers.conv1d({ filters, kernelSize: 3, padding: 'same', ...more });
const halve = () => layers.maxPooling1d({ poolSize: 2, strides: 2, padding: 'same' });

/** Models over `[batch, 9, 3]`, each with what a plan has to see. */
const MODELS: Record<string, (input: Symbolic) => Symbolic> = {
  'a residual block': (x) => {
    const branches = [conv(4), new FusedLSTM({ units: 4, returnSequences: true })];
    const joined = branches.map((branch) => apply(bn(), apply(branch, x)));
    const g = apply(layers.reLU(), apply(layers.concatenate(), joined));
    const shortcut = apply(bn(), apply(layers.conv1d({ filters: 8, kernelSize: 1 }), x));
    return apply(layers.add(), [shortcut, g]);
  },
  'a residual block that halves the length': (x) => {
    const branches = [conv(4), new FusedLSTM({ units: 4, returnSequences: true })];
    const joined = branches.map((branch) => apply(bn(), apply(halve(), apply(branch, x))));
    const g = apply(layers.reLU(), apply(layers.concatenate(), joined));
    const projection = layers.conv1d({ filters: 8, kernelSize: 1 });
    const shortcut = apply(bn(), apply(projection, apply(halve(), x)));
    return apply(layers.add(), [shortcut, g]);
  },
  'one of the branches pooled': (x) => {
    const pooled = apply(bn(), apply(halve(), apply(conv(4), x)));
    return apply(layers.concatenate(), [apply(bn(), apply(conv(2, { strides: 2 }), x)), pooled]);
  },
  'what is pooled is read twice': (x) => {
    const pooled = apply(halve(), apply(conv(3), x));
    return apply(layers.add(), [apply(layers.reLU(), apply(bn(), pooled)), pooled]);
  },
  'other poolings': (x) => {
    const valid = apply(bn(), apply(layers.maxPooling1d({ poolSize: 2 }), x));
    const three = layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' });
    const one = layers.maxPooling1d({ poolSize: 2, strides: 1, padding: 'same' });
    return apply(bn(), apply(one, apply(bn(), apply(three, valid))));
  },
  'a residual block, the shortcut last and as it is': (x) => {
    const g = apply(layers.activation({ activation: 'relu' }), apply(bn(), apply(conv(3), x)));
    return apply(layers.add(), [g, x]);
  },
  'no shortcut': (x) => {
    const joined = [apply(bn(), apply(conv(2), x)), apply(conv(5), x)];
    return apply(layers.reLU(), apply(layers.concatenate(), joined));
  },
  'normalisation alone, without weights': (x) =>
    apply(layers.batchNormalization({ center: false, scale: false }), x),
  'what is normalised is read twice': (x) => {
    const y = apply(bn(), apply(conv(3), x));
    return apply(layers.add(), [apply(layers.reLU(), y), y]);
  },
  'ReLU of an addition': (x) => apply(layers.reLU(), apply(layers.add(), [apply(bn(), x), x])),
  'three branches': (x) =>
    apply(layers.concatenate(), [apply(bn(), x), apply(bn(), x), apply(conv(2), x)]),
  'side by side in time': (x) => apply(layers.concatenate({ axis: 1 }), [apply(bn(), x), x]),
  'ReLU with a lid': (x) => apply(layers.reLU({ maxValue: 0.5 }), apply(bn(), x)),
  'convolutions with strides and activations': (x) => {
    const strided = apply(conv(4, { strides: 2, activation: 'relu' }), x);
    return apply(conv(3, { padding: 'valid' }), strided);
  },
  'other activations': (x) =>
    apply(conv(4, { activation: 'tanh' }), apply(conv(2, { activation: 'elu' }), x)),
  'dense layers with and without bias': (x) => {
    const flat = apply(layers.flatten(), x);
    const hidden = apply(layers.dense({ units: 6, activation: 'relu' }), flat);
    const gate = apply(layers.dense({ units: 6, activation: 'sigmoid' }), flat);
    return apply(layers.dense({ units: 2, useBias: false }), apply(layers.add(), [hidden, gate]));
  },
  'dense over time, pooling, the mean': (x) => {
    const y = apply(layers.maxPooling1d({ poolSize: 2, padding: 'same' }), x);
    return apply(layers.globalAveragePooling1d(), apply(layers.dense({ units: 4 }), y));
  },
};

function build(name: string): tf.LayersModel {
  const inputs = tf.input({ shape: [9, 3] });
  return seeded(tf.model({ inputs, outputs: MODELS[name]!(inputs) }));
}

/** The output of training, its gradient for every weight, the weights it moves, and what inference says. */
function results(model: tf.LayersModel, run: typeof runModel): tf.Tensor[] {
  const x = uniform([5, 9, 3], 77);
  const output = run(model, x, true);
  const dy = uniform(output.shape, 78);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const zero = () => variables.map((v) => v.sum().mul(0)).reduce((a, b) => a.add(b), tf.scalar(0)); // prettier-ignore
  const { grads } = tf.variableGrads(
    () => run(model, x, true).mul(dy).sum().add(zero()).asScalar(),
    variables.length > 0 ? variables : undefined,
  );
  return [
    output,
    ...variables.map(({ name }) => grads[name]!),
    ...model.getWeights().map((weight) => weight.clone()),
    run(model, x, false),
  ];
}

const asTfjs: typeof runModel = (model, x, training) => model.apply(x, { training }) as tf.Tensor;

it.each(Object.keys(MODELS).filter((name) => !name.includes('without weights')))(
  '%s: as tfjs runs it',
  async (name) => {
    await useEngine('reference');
    const expected = tf.tidy(() => results(build(name), asTfjs));
    await onEveryEngine(() => {
      const actual = tf.tidy(() => results(build(name), runModel));
      expect(actual).toHaveLength(expected.length);
      actual.forEach((tensor, i) => expectClose(tensor, expected[i]!, 1e-4));
    });
  },
);

it('normalisation alone, without weights', async () => {
  const name = 'normalisation alone, without weights';
  await onEveryEngine(() => {
    const x = uniform([5, 9, 3], 77);
    expectClose(runModel(build(name), x), asTfjs(build(name), x), 1e-5);
    if (!hasKernel('Join')) return; // tfjs itself cannot train it
    expect(runModel(build(name), x, true).shape).toEqual(x.shape);
  });
});

it('a block is one operation where there is a kernel for it', async () => {
  await onEveryEngine(async () => {
    if (!hasKernel('Join')) return;
    const model = build('a residual block');
    const { kernelNames } = await tf.profile(() => runModel(model, uniform([5, 9, 3])));
    const names = kernelNames.filter((name) => !['', 'Identity'].includes(name));
    expect(names.sort()).toEqual(['Convolution1D', 'FusedLSTM', 'Join']);
  });
});

it('the branches of a block are pooled where they are joined', async () => {
  await onEveryEngine(async () => {
    if (!hasKernel('Join')) return;
    const model = build('a residual block that halves the length');
    const names = async (run: () => unknown) =>
      (await tf.profile(() => void run())).kernelNames.filter((name) => /Pool|Join/.test(name));
    const x = uniform([5, 9, 3]);
    expect(await names(() => runModel(model, x))).toEqual(['MaxPool', 'Join']);
    const kernels = await names(() => tf.variableGrads(() => runModel(model, x, true).sum()));
    expect(kernels.sort()).toEqual(['Join', 'JoinGrad', 'MaxPool']);
  });
});

it('NaN in a feature is not lost where branches are pooled', async () => {
  await onEveryEngine(() => {
    const model = build('a residual block that halves the length');
    for (let place = 0; place < 9; place++) {
      const values = uniform([5, 9, 3]).dataSync().slice();
      values[place * 3] = NaN;
      const loss = runModel(model, tf.tensor(values, [5, 9, 3]), true).sum();
      expect(loss.dataSync()[0]).toBeNaN();
    }
  });
});

it('a model with two inputs, one with masks and one with a shared layer run as tfjs runs them', async () => {
  const inputs = [tf.input({ shape: [4] }), tf.input({ shape: [4] })];
  const two = tf.model({ inputs, outputs: apply(layers.add(), inputs) });
  const shared = layers.dense({ units: 3 });
  const input = tf.input({ shape: [3] });
  const twice = tf.model({ inputs: input, outputs: apply(shared, apply(shared, input)) });
  const sequence = tf.input({ shape: [4, 2] });
  const masked = apply(layers.masking({ maskValue: 0 }), sequence);
  const masks = tf.model({ inputs: sequence, outputs: apply(layers.lstm({ units: 3 }), masked) });
  await onEveryEngine(() => {
    expect(() => runModel(two, uniform([2, 4]))).toThrow();
    for (const [model, shape] of [
      [twice, [2, 3]],
      [masks, [2, 4, 2]],
    ] as const) {
      const x = uniform([...shape]);
      expectClose(runModel(model, x), asTfjs(model, x), 1e-6);
    }
  });
});

describe('what a plan depends on may change', () => {
  /** The gradient of every weight that is trained, by its name, and the output. */
  const trained = (model: tf.LayersModel, run: typeof runModel): Record<string, tf.Tensor> => {
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const x = uniform([5, 9, 3], 77);
    const { value, grads } = tf.variableGrads(() => {
      const y = run(model, x, true);
      return y.mul(uniform(y.shape, 78)).sum().asScalar();
    }, variables);
    const named = model.trainableWeights.map(({ originalName }, i) => {
      return [originalName, grads[variables[i]!.name]!] as const;
    });
    return { ...Object.fromEntries(named), value };
  };
  const deep = (x: Symbolic): Symbolic => {
    const y = apply(conv(4, { activation: 'relu' }), x);
    const z = apply(new FusedLSTM({ units: 3, returnSequences: true }), apply(bn(), y));
    return apply(layers.dense({ units: 2 }), apply(layers.flatten(), apply(conv(2), z)));
  };
  const buildDeep = (): tf.LayersModel => {
    const inputs = tf.input({ shape: [9, 3] });
    return seeded(tf.model({ inputs, outputs: deep(inputs) }));
  };
  const expectAsTfjs = (model: tf.LayersModel): void =>
    tf.tidy(() => {
      const expected = trained(model, asTfjs);
      const actual = trained(model, runModel);
      expect(Object.keys(actual)).toEqual(Object.keys(expected));
      for (const [name, tensor] of Object.entries(expected)) {
        expectClose(actual[name]!, tensor, 1e-4);
      }
    });

  it('weights that were frozen for a while have their gradients again', async () => {
    await onEveryEngine(() => {
      const model = buildDeep();
      const all = Object.keys(tf.tidy(() => trained(model, asTfjs))).length;
      for (const upTo of [model.layers.length - 1, 2, 4]) {
        const frozen = model.layers.slice(0, upTo);
        for (const layer of frozen) layer.trainable = false;
        expectAsTfjs(model);
        for (const layer of frozen) layer.trainable = true;
        expectAsTfjs(model);
        expect(Object.keys(tf.tidy(() => trained(model, runModel)))).toHaveLength(all);
      }
    });
  });

  it('layers that are added to a sequential model', async () => {
    await onEveryEngine(() => {
      const model = tf.sequential();
      model.add(layers.conv1d({ filters: 4, kernelSize: 3, inputShape: [9, 3] }));
      model.add(bn());
      expectAsTfjs(model);
      model.add(layers.reLU());
      expectAsTfjs(model);
    });
  });

  it.each([
    ['ReLU', { maxValue: 0.5 }],
    ['Conv1D', { padding: 'valid' }],
    ['Conv1D', { strides: [2] }],
    ['MaxPooling1D', { padding: 'valid' }],
    ['BatchNormalization', { epsilon: 0.5 }],
  ])('attributes of a layer: %s %j', async (className, attributes) => {
    await onEveryEngine(() => {
      const inputs = tf.input({ shape: [9, 3] });
      let y = apply(bn(), apply(halve(), apply(conv(4), inputs)));
      y = apply(layers.reLU(), y);
      const model = seeded(tf.model({ inputs, outputs: y }));
      expectAsTfjs(model);
      const layer = model.layers.find((layer) => layer.getClassName() === className)!;
      Object.assign(layer, attributes);
      expectAsTfjs(model);
    });
  });

  it('another activation', async () => {
    await onEveryEngine(() => {
      const model = buildDeep();
      expectAsTfjs(model);
      const tanh = layers.dense({ units: 1, activation: 'tanh' }) as unknown as object;
      const { activation } = tanh as { activation: unknown };
      for (const at of [1, model.layers.length - 1])
        Object.assign(model.layers[at]!, { activation });
      expectAsTfjs(model);
    });
  });

  it('a layer that is used a second time', async () => {
    await onEveryEngine(() => {
      const model = buildDeep();
      expectAsTfjs(model);
      model.layers[1]!.apply(tf.input({ shape: [9, 3] }));
      expectAsTfjs(model);
    });
  });

  it('a model that was disposed of is refused', async () => {
    await onEveryEngine(() => {
      const model = buildDeep();
      const x = uniform([5, 9, 3]);
      runModel(model, x);
      model.dispose();
      expect(() => runModel(model, x)).toThrow(/disposed/);
    });
  });
});

it('a model within a model gets all of its gradients', async () => {
  await onEveryEngine(() => {
    const build = (): tf.LayersModel => {
      const inner = tf.input({ shape: [3, 3] });
      const part = tf.model({
        inputs: inner,
        outputs: apply(new FusedLSTM({ units: 3 }), apply(conv(4), inner)),
      });
      const inputs = tf.input({ shape: [9, 3] });
      const parts = apply(layers.reshape({ targetShape: [3, 3, 3] }), inputs);
      const outputs = apply(bn(), apply(layers.timeDistributed({ layer: part }), parts));
      return seeded(tf.model({ inputs, outputs }));
    };
    tf.tidy(() => {
      const [expected, actual] = [results(build(), asTfjs), results(build(), runModel)];
      actual.forEach((tensor, i) => expectClose(tensor, expected[i]!, 1e-4));
    });
  });
});
