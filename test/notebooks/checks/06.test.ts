import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

describe('06.1, a line', () => {
  // 10 rows of each class are right, 7 tcp are taken for udp, 3 udp for tcp, and 5 others are wrong.
  const confusionOf = (tcpForUdp: number, udpForTcp: number) => {
    const counts: number[][] = Array.from({ length: 11 }, (_, t) =>
      Array.from({ length: 11 }, (_, c): number => (t === c ? 10 : 0)),
    );
    counts[4]![5] = tcpForUdp;
    counts[5]![4] = udpForTcp;
    counts[1]![2] = 5;
    return counts;
  };
  const given = [{ confusion: confusionOf(7, 3) }];

  it('takes the floods as one class, also where one of them is never answered', () => {
    expect(isRight('06.1', [120 / 125], given)).toBe(true);
    expect(isRight('06.1', [117 / 122], [{ confusion: confusionOf(7, 0) }])).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[], 'one a run'],
    [[96], 'not per cent'],
    [[110 / 125], 'of eleven classes'],
    [[117 / 125], 'so is udp taken for tcp'],
    [[0.5], 'Count all rows'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('06.1', answer, given)).toContain(hint);
  });
});

describe('06.2, same rows, two models', () => {
  const truth = ['a', 'b', 'c', 'a', 'b'];
  const dense = { truth, prediction: ['a', 'b', 'x', 'x', 'b'] };
  const cnn1d = { truth, prediction: ['a', 'x', 'c', 'a', 'b'] };
  const given = { dense, cnn1d };

  it('takes what only one of them gets right', () => {
    expect(isRight('06.2', { dense: 1, cnn1d: 2 }, given)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [{}, 'two numbers of rows'],
    [{ dense: 2, cnn1d: 1 }, 'changed places'],
    [{ dense: 3, cnn1d: 4 }, 'leave out what the other'],
    [{ dense: 0, cnn1d: 0 }, 'row by row'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('06.2', answer, given)).toContain(hint);
  });
});

describe('06.3, a threshold', () => {
  // 200 benign rows with p = 0, 1/400, …, and four attack rows.
  const benign = Float32Array.from({ length: 200 }, (_, i) => i / 400);
  const p = Float32Array.from([...benign, 0.1, 0.2, 0.6, 0.9]);
  const truth = Array.from(p, (_, i) => (i < 200 ? 'benign' : 'attack'));
  const run = { truth, 'p(attack)': p };
  // Of the hundred at even places two lie above the third highest, that of row 194; of the others three do.
  const right = { at: benign[194]!, falsePositiveRate: 0.03, recall: 0.5 };
  const given = [run, run];

  it('takes the lowest threshold, and what it does to other rows', () => {
    expect(isRight('06.3', [right, right], given)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[right], 'each of the two runs'],
    [[right, { at: 0.2 }], '{ at, falsePositiveRate, recall }'],
    [[right, { ...right, at: 0.2 }], 'More than 2 %'],
    [[right, { ...right, at: 0.9 }], 'could be lower'],
    [[right, { ...right, falsePositiveRate: 0.02 }], 'at odd places'],
    [[right, { ...right, recall: 50 }], 'all attack rows'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('06.3', answer, given)).toContain(hint);
  });
});

const runOf = (model: string, task: string, parts: object) => ({
  config: { model, task, ...parts },
});

describe('06.4, all nine devices', () => {
  const devices = ['one', 'two'];
  const without = (device: string, task = 'binary') => {
    const data = { split: 'device', heldOut: [device] };
    return { dense: runOf('dense', task, { data }), stump: runOf('stump', task, { data }) };
  };
  const [one, two] = devices.map((device) => without(device)) as [object, object];
  const atRandom = runOf('dense', 'binary', { data: { split: 'row' } });

  it('takes a pair of runs for each device, in any order', () => {
    expect(isRight('06.4', [two, one], devices)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [['one'], '{ dense, stump } for each device'],
    [[one], '1 of the 2 devices'],
    [[{ ...one, stump: without('two').stump }], 'hold out two devices'],
    [[{ ...one, dense: without('one').stump }], 'of another model'],
    [[without('one', 'multiclass')], 'to be binary'],
    [[{ ...one, dense: atRandom }], 'split otherwise'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('06.4', answer, devices)).toContain(hint);
  });
});

describe('06.5, epochs or steps', () => {
  const training = { epochs: 6, batchSize: 32, learningRate: 0.001, validation: 0.1 };
  const trained = (changed: object, model = 'cnn1d') => ({
    ...runOf(model, 'multiclass', { training: { ...training, batchSize: 512, ...changed } }),
    data: { train: { rows: { length: 1500 } } },
  });
  const asManyEpochs = trained({});
  const asManySteps = trained({ epochs: 86 }); // 6 × 43 steps are 86 × 3

  it('takes as many epochs, and as many steps give or take an epoch', () => {
    expect(isRight('06.5', { asManyEpochs, asManySteps }, training)).toBe(true);
    const more = trained({ epochs: 87 });
    expect(isRight('06.5', { asManyEpochs, asManySteps: more }, training)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [{}, 'two runs of cnn1d'],
    [{ asManyEpochs: trained({}, 'dense'), asManySteps }, 'two runs of cnn1d'],
    [{ asManyEpochs: trained({ batchSize: 32 }), asManySteps }, 'is to be 512'],
    [{ asManyEpochs: trained({ learningRate: 0.01 }), asManySteps }, 'learning rate'],
    [{ asManyEpochs: trained({ epochs: 5 }), asManySteps }, 'another number of epochs'],
    [{ asManyEpochs, asManySteps: asManyEpochs }, 'too few steps'],
    [{ asManyEpochs, asManySteps: trained({ epochs: 300 }) }, 'too many steps'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('06.5', answer, training)).toContain(hint);
  });
});
