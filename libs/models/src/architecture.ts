import type * as tf from '@tensorflow/tfjs';

/** What a layer does, for drawing it. */
export type NodeKind =
  'input' | 'conv' | 'recurrent' | 'norm' | 'join' | 'activation' | 'pool' | 'dense' | 'other';

/** A layer of a built model. */
export interface ArchitectureNode {
  readonly id: string;
  readonly label: string;
  /** Shape of its output without the batch, such as "115 × 32". */
  readonly detail: string;
  readonly kind: NodeKind;
  /** The block it belongs to: the part of its name before the slash. */
  readonly group?: string;
}

/** A built model as a graph, in the order of computation. */
export interface Architecture {
  readonly nodes: readonly ArchitectureNode[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

const known: Readonly<Record<string, readonly [NodeKind, string]>> = {
  InputLayer: ['input', 'Input'],
  Conv1D: ['conv', 'Conv'],
  FusedLSTM: ['recurrent', 'LSTM'],
  FusedGRU: ['recurrent', 'GRU'],
  BatchNormalization: ['norm', 'BN'],
  LayerNormalization: ['norm', 'LN'],
  LayerNorm: ['norm', 'LN'],
  FeatureTokens: ['other', 'Tokens'],
  PositionEmbedding: ['other', 'Position'],
  SelfAttention: ['other', 'Attention'],
  GELU: ['activation', 'GELU'],
  Concatenate: ['join', 'Concat'],
  Add: ['join', 'Add'],
  ReLU: ['activation', 'ReLU'],
  Activation: ['activation', 'Activation'],
  MaxPooling1D: ['pool', 'Max pool'],
  GlobalAveragePooling1D: ['pool', 'Mean'],
  Flatten: ['other', 'Flatten'],
  Dense: ['dense', 'Dense'],
};

/** The graph of a built model, with the softmax that turns its logits into probabilities at the end. */
export function architectureOf(model: tf.LayersModel): Architecture {
  const nodes = model.layers.map((layer): ArchitectureNode => {
    const [kind, title] = known[layer.getClassName()] ?? ['other', layer.getClassName()];
    const [block] = layer.name.split('/');
    const size = (layer.getConfig()['kernelSize'] as number[] | undefined)?.[0];
    const shape = (layer.outputShape as tf.Shape).slice(1);
    return {
      id: layer.name,
      label: size === undefined ? title : `${title} ${size}`,
      detail: shape.join(' × '),
      kind,
      ...(layer.name.includes('/') ? { group: block } : {}),
    };
  });
  const edges = model.layers.flatMap((layer) =>
    layer.inboundNodes.flatMap(({ inboundLayers }) =>
      inboundLayers.map(({ name }) => [name, layer.name] as const),
    ),
  );
  const last = nodes.at(-1)!;
  return {
    nodes: [...nodes, { id: 'softmax', label: 'Softmax', detail: last.detail, kind: 'activation' }],
    edges: [...edges, [last.id, 'softmax']],
  };
}
