import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { type Architecture, architectureOf } from './architecture';
import { buildModel } from './build-model';
import { getModel, listModels } from './registry';

beforeAll(() => useEngine('reference'));

const architecture = (name: string): Architecture =>
  architectureOf(buildModel(getModel(name), { features: 115, classes: 11, seed: 1 }));

it('draws a small model layer by layer', () => {
  const { nodes, edges } = architecture('cnn-lstm');
  expect(nodes.map(({ kind, label, detail }) => `${kind}: ${label}, ${detail}`)).toEqual([
    'input: Input, 115 × 1',
    'conv: Conv 3, 115 × 32',
    'pool: Max pool, 58 × 32',
    'recurrent: LSTM, 32',
    'dense: Dense, 11',
    'activation: Softmax, 11',
  ]);
  expect(edges).toEqual(nodes.slice(1).map(({ id }, i) => [nodes[i]!.id, id]));
  expect(nodes.every(({ group }) => group === undefined)).toBe(true);
});

it.each(listModels())('$name: from the input to softmax without a loose end', ({ name }) => {
  const { nodes, edges } = architecture(name);
  const ids = nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [from, to] of edges) {
    expect(ids.indexOf(from)).toBeGreaterThanOrEqual(0);
    expect(ids.indexOf(from)).toBeLessThan(ids.indexOf(to)); // in the order of computation
  }
  expect(nodes[0]).toMatchObject({ kind: 'input', detail: '115 × 1' });
  expect(nodes.at(-1)).toMatchObject({ id: 'softmax', detail: '11' });
  for (const id of ids) {
    expect([id, edges.some(([from]) => from === id)]).toEqual([id, id !== 'softmax']);
    expect([id, edges.some(([, to]) => to === id)]).toEqual([id, id !== ids[0]]);
  }
});

describe('Res-1DCNN-LSTM', () => {
  let nodes: Architecture['nodes'];
  let edges: Architecture['edges'];
  beforeAll(() => ({ nodes, edges } = architecture('res-1dcnn-lstm')));
  const kinds = (group: string): string[] =>
    nodes
      .filter((node) => node.group === group)
      .map(({ kind }) => kind)
      .sort();

  it('has a group for each block', () => {
    const groups = new Set(nodes.map(({ group }) => group));
    expect([...groups]).toEqual([undefined, 'block1_1', 'block1_2', 'block2_3', 'block2_4']);
    const branches = ['activation', 'conv', 'join', 'join', 'norm', 'norm', 'recurrent'];
    expect(kinds('block1_2')).toEqual(branches);
    expect(kinds('block1_1')).toEqual([...branches, 'conv', 'norm'].sort());
    const halved = [...branches, 'conv', 'norm', 'pool', 'pool', 'pool'].sort();
    expect(kinds('block2_3')).toEqual(halved);
    expect(kinds('block2_4')).toEqual(halved);
  });
  it('has every layer and every arrow', () => {
    expect(nodes).toHaveLength(9 + 7 + 12 + 12 + 'input mean logits softmax'.split(' ').length);
    // One into each node but the input, and a second one into each concatenation and addition.
    expect(edges).toHaveLength(nodes.length - 1 + 4 + 4);
    const into = edges.filter(([, to]) => to === 'block1_2/add').map(([from]) => from);
    expect(into.sort()).toEqual(['block1_1/add', 'block1_2/relu']); // the identity shortcut
  });
});

it('names a kind of layer that it does not know', () => {
  const model = tf.sequential();
  model.add(tf.layers.dropout({ rate: 0.5, inputShape: [4], name: 'a/drop' }));
  expect(architectureOf(model).nodes.at(-2)).toEqual({
    ...{ id: 'a/drop', label: 'Dropout', detail: '4', kind: 'other', group: 'a' },
  });
});
