import * as tf from '@tensorflow/tfjs';
import { expectClose, onEveryEngine } from '../../conformance/every-engine.fixture.spec';
import { FusedGRU } from './fused-gru';
import { FusedLSTM } from './fused-lstm';
import type { FusedRecurrentOptions } from './recurrent-layer';

type Kind = 'lstm' | 'gru';

function fused(kind: Kind, options: FusedRecurrentOptions): FusedLSTM | FusedGRU {
  return kind === 'lstm' ? new FusedLSTM(options) : new FusedGRU(options);
}

/** A small classifier `[batch, 6, 2]` to `[batch, 3]` with two recurrent layers in it. */
function classifier(kind: Kind): tf.LayersModel {
  const first = fused(kind, { units: 5, returnSequences: true, inputShape: [6, 2], name: 'first' });
  const model = tf.sequential();
  model.add(first);
  model.add(fused(kind, { units: 4, name: 'second' }));
  model.add(tf.layers.dense({ units: 3 }));
  return model;
}

const input = (): tf.Tensor => tf.randomUniform([7, 6, 2], -1, 1, 'float32', 3);

function expectSamePredictions(actual: tf.LayersModel, expected: tf.LayersModel): void {
  const x = input();
  expectClose(actual.predict(x) as tf.Tensor, expected.predict(x) as tf.Tensor, 0);
}

/** What `save` hands over. */
async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  return new Promise((resolve, reject) => {
    const handler = tf.io.withSaveHandler((artifacts) => {
      resolve(artifacts);
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
      });
    });
    model.save(handler).catch(reject);
  });
}

describe.each<Kind>(['lstm', 'gru'])('the fused %s layer', (kind) => {
  const gates = kind === 'lstm' ? 4 : 3;
  const theirs = (options: { units: number; returnSequences?: boolean }): tf.layers.Layer =>
    kind === 'lstm'
      ? tf.layers.lstm({
          ...options,
          recurrentActivation: 'sigmoid',
          recurrentInitializer: 'zeros',
        })
      : tf.layers.gru({
          ...options,
          recurrentActivation: 'sigmoid',
          recurrentInitializer: 'zeros',
        });

  it.each([true, false])('is that of tf.layers, returnSequences %s', (returnSequences) =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const ours = fused(kind, { units: 5, returnSequences });
        const other = theirs({ units: 5, returnSequences });
        const x = tf.variable(input());
        const y = ours.apply(x) as tf.Tensor;
        other.apply(x);
        other.setWeights(ours.getWeights());
        expect(y.shape).toEqual(returnSequences ? [7, 6, 5] : [7, 5]);
        expect(ours.computeOutputShape([null, 6, 2])).toEqual([null, ...y.shape.slice(1)]);
        expectClose(y, other.apply(x) as tf.Tensor, 2e-6);

        const dy = tf.randomUniform(y.shape, -1, 1, 'float32', 4);
        const [our, their] = [ours, other].map((layer) => {
          const variables = [x, ...(layer.getWeights() as tf.Variable[])];
          const loss = () => (layer.apply(x) as tf.Tensor).mul(dy).sum<tf.Scalar>();
          const { grads } = tf.variableGrads(loss, variables);
          return variables.map(({ name }) => grads[name]!);
        });
        their!.forEach((gradient, i) => expectClose(our![i]!, gradient, 1e-5));
        x.dispose();
      }),
    ),
  );

  it('has weights in the layout of Keras', () => {
    const layer = fused(kind, { units: 5, inputShape: [6, 2], name: 'x' });
    layer.apply(input());
    const weights = layer.weights.map(({ originalName, shape }) => [originalName, shape]);
    expect(weights).toEqual([
      ['x/kernel', [2, gates * 5]],
      ['x/recurrentKernel', [5, gates * 5]],
      ['x/bias', [gates * 5]],
    ]);
  });

  it('starts as its initialisers say', () =>
    onEveryEngine(() =>
      tf.tidy(() => {
        const layer = fused(kind, {
          units: 40,
          kernelInitializer: tf.initializers.constant({ value: 2 }),
          biasInitializer: tf.initializers.constant({ value: 3 }),
        });
        layer.build([null, 6, 2]);
        const [kernel, recurrent, bias] = layer.getWeights().map((weight) => weight.dataSync());
        expect(new Set(kernel)).toEqual(new Set([2]));
        const forget = kind === 'lstm' ? [1] : [3];
        expect(new Set(bias!.slice(40, 80))).toEqual(new Set(forget));
        expect(new Set([...bias!.slice(0, 40), ...bias!.slice(80)])).toEqual(new Set([3]));
        // Uniform in ±1/√units by default.
        const largest = Math.max(...recurrent!.map(Math.abs));
        expect(largest).toBeGreaterThan(0.99 / Math.sqrt(40));
        expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(40));
      }),
    ));

  it('survives getConfig and fromConfig', () => {
    const options = {
      units: 3,
      returnSequences: true,
      kernelInitializer: tf.initializers.constant({ value: 2 }),
      recurrentInitializer: tf.initializers.glorotNormal({ seed: 7 }),
      trainable: false,
      name: 'named',
    };
    const layer = fused(kind, options);
    const Class = kind === 'lstm' ? FusedLSTM : FusedGRU;
    const again = Class.fromConfig(Class, layer.getConfig());
    expect(again.getConfig()).toEqual(layer.getConfig());
    expect(layer.getConfig()).toMatchObject({
      ...{ units: 3, returnSequences: true, trainable: false, name: 'named' },
      recurrentInitializer: { config: { seed: 7, distribution: 'normal' } },
    });
  });

  it('survives toJSON and modelFromJSON', () =>
    onEveryEngine(async () => {
      const model = classifier(kind);
      const json = JSON.parse(
        JSON.stringify(model.toJSON(null, false)),
      ) as tf.io.ModelJSON['modelTopology'];
      const again = await tf.models.modelFromJSON(json);
      again.setWeights(model.getWeights());
      expectSamePredictions(again, model);
      expect(again.toJSON(null, false)).toEqual(json);
    }));

  it('survives save and load', () =>
    onEveryEngine(async () => {
      const model = classifier(kind);
      const again = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
      expectSamePredictions(again, model);
    }));

  it('learns, repeats to the last bit, and leaks no tensor', () =>
    onEveryEngine(() => {
      const train = (): { losses: number[]; tensors: number[] } => {
        const model = classifier(kind);
        model.layers.forEach((layer) =>
          layer.setWeights(
            layer
              .getWeights()
              .map(({ shape }, i) => tf.randomUniform(shape, -0.5, 0.5, 'float32', i + 1)),
          ),
        );
        const [x, y] = [input(), tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0], 'int32'), 3)];
        const optimizer = tf.train.adam(0.05);
        const losses: number[] = [];
        const tensors: number[] = [];
        for (let step = 0; step < 30; step++) {
          const loss = optimizer.minimize(
            () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor),
            true,
          )!;
          losses.push(loss.dataSync()[0]!);
          loss.dispose();
          tensors.push(tf.memory().numTensors);
        }
        optimizer.dispose();
        model.dispose();
        tf.dispose([x, y]);
        return { losses, tensors };
      };
      const { losses, tensors } = train();
      expect(new Set(tensors).size).toBe(1);
      expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
      expect(train().losses).toEqual(losses);
    }));

  it('keeps its weights when it is not trainable', () => {
    const layer = fused(kind, { units: 2, trainable: false });
    layer.build([null, 6, 2]);
    expect(layer.trainableWeights).toEqual([]);
    expect((layer.apply(input()) as tf.Tensor).shape).toEqual([7, 2]);
  });

  it.each([0, -1, 2.5, NaN, undefined])('refuses %s units', (units) => {
    expect(() => fused(kind, { units: units as number })).toThrow(
      `Cannot make a recurrent layer of ${units} units: expected a whole number from 1.`,
    );
  });

  it('refuses an input whose last size is not known', () => {
    const layer = fused(kind, { units: 2, name: 'x' });
    expect(() => layer.build([null, 6])).toThrow(
      'Cannot build x: expected an input [batch, time, inputs] with a known last size, got [null,6].',
    );
  });

  it('refuses an initialiser that it does not know', () => {
    const kernelInitializer = { className: 'Magic', config: {} } as never;
    expect(() => fused(kind, { units: 2, kernelInitializer })).toThrow(
      'Cannot restore the initialiser "Magic": no such class.',
    );
  });
});

describe('unitForgetBias', () => {
  const biasOf = (options: object): number[] => {
    const layer = new FusedLSTM({ units: 2, ...options });
    layer.build([null, 6, 1]);
    return [...layer.getWeights()[2]!.dataSync()];
  };
  it('starts the forget gate at 1, as tf.layers and Keras do', () => {
    const theirs = tf.layers.lstm({ units: 2, unitForgetBias: true });
    theirs.apply(tf.zeros([1, 6, 1]));
    expect(biasOf({})).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    expect(biasOf({})).toEqual([...theirs.getWeights()[2]!.dataSync()]);
  });
  it('false leaves the bias to its initialiser', () => {
    const biasInitializer = tf.initializers.constant({ value: 3 });
    expect(biasOf({ unitForgetBias: false })).toEqual(Array(8).fill(0));
    expect(biasOf({ unitForgetBias: false, biasInitializer })).toEqual(Array(8).fill(3));
  });
  it.each([true, false])('%s is saved and restored', (unitForgetBias) => {
    const config = new FusedLSTM({ units: 2, unitForgetBias }).getConfig();
    const again = FusedLSTM.fromConfig(FusedLSTM, config) as FusedLSTM;
    expect(again.getConfig()).toEqual(config);
    expect(again.unitForgetBias).toBe(unitForgetBias);
    expect(biasOf(config)[2]).toBe(unitForgetBias ? 1 : 0);
  });
  it('starts at another value where one is given, which is saved too', () => {
    const config = new FusedLSTM({ units: 2, forgetBias: 3 }).getConfig();
    expect(biasOf({ forgetBias: 3 })).toEqual([0, 0, 3, 3, 0, 0, 0, 0]);
    expect(biasOf(config)).toEqual(biasOf({ forgetBias: 3 }));
  });
});

it('a regulariser is saved with its layer', () => {
  const kernelRegularizer = tf.regularizers.l1l2({ l1: 0.5, l2: 0.25 });
  const config = new FusedLSTM({ units: 2, kernelRegularizer }).getConfig();
  expect(config).toMatchObject({
    kernelRegularizer: { className: 'L1L2', config: { l1: 0.5, l2: 0.25 } },
  });
  const again = FusedLSTM.fromConfig(FusedLSTM, config);
  expect(again.getConfig()).toEqual(config);
});

it.each([
  { dropout: 0.1 },
  { activation: 'relu' },
  { activityRegularizer: tf.regularizers.l2({ l2: 1 }) },
  { kernelConstraint: tf.constraints.nonNeg() },
])('an option that would be without effect is refused: %j', (option) => {
  const [name] = Object.keys(option);
  const make = () => new FusedGRU({ units: 2, ...option });
  expect(make).toThrow(RangeError);
  expect(make).toThrow(`Cannot make a fused recurrent layer with ${name}: expected`);
  expect(() => new FusedGRU({ units: 2, ...{ dropout: 0, activation: 'tanh' } })).not.toThrow();
});
