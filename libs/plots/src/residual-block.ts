import { architecture, type ArchitectureNode, type NodeKind } from './architecture';
import type { Figure } from './figure';
import type { FigureOptions } from './language/caption';
import { sayIn } from './language/say';

/** A block of Res-1DCNN-LSTM. */
export interface ResidualBlock {
  /** Length and channels of what comes in. */
  input: readonly [length: number, channels: number];
  /** Of each of the two branches; together they are twice as many channels. */
  filters: number;
  /** Size of the convolution's filters; 3 by default. */
  size?: number;
  /** By what max pooling divides the length; 1, the default, leaves it out. */
  pool?: number;
}

/**
 * A residual block, f(x) = x + g(x), with the shape of what each layer gives: the two branches of g, and the
 * shortcut, which is x itself where the shapes agree, and a 1 × 1 convolution where they do not.
 */
export function residualBlock(block: ResidualBlock, options: FigureOptions = {}): Figure {
  const { filters, size = 3, pool = 1 } = block;
  const [length, channels] = block.input;
  const say = sayIn(options.language);
  const shape = (rows: number, columns: number) => `${rows} × ${columns}`;
  const shorter = Math.ceil(length / pool);
  const output = shape(shorter, 2 * filters);
  const isSame = output === shape(length, channels);

  const nodes: ArchitectureNode[] = [];
  const edges: [string, string][] = [];
  const add = (
    id: string,
    from: readonly string[],
    kind: NodeKind,
    label: string,
    detail?: string,
    group?: string,
  ): string => {
    nodes.push({ id, kind, label, ...(detail && { detail }), ...(group && { group }) });
    edges.push(...from.map((source): [string, string] => [source, id]));
    return id;
  };
  const x = add('x', [], 'input', 'x', shape(length, channels));
  const branch = (id: string, kind: NodeKind, label: string) => {
    let end = add(id, [x], kind, label, shape(length, filters), 'g(x)');
    if (pool > 1)
      end = add(`${id}-pool`, [end], 'pool', 'Max pool', shape(shorter, filters), 'g(x)');
    return add(`${id}-norm`, [end], 'norm', 'BatchNorm', undefined, 'g(x)');
  };
  const branches = [branch('conv', 'conv', `Conv ${size}`), branch('lstm', 'recurrent', 'LSTM')];
  const joined = add('concat', branches, 'join', 'Concat', output, 'g(x)');
  const g = add('relu', [joined], 'activation', 'ReLU', undefined, 'g(x)');

  const group = say('shortcut');
  let shortcut = x;
  if (isSame) shortcut = add('same', [x], 'other', say('identity'), undefined, group);
  else {
    if (pool > 1) shortcut = add('pool', [x], 'pool', 'Max pool', shape(shorter, channels), group);
    shortcut = add('one', [shortcut], 'conv', 'Conv 1', output, group);
    shortcut = add('one-norm', [shortcut], 'norm', 'BatchNorm', undefined, group);
  }
  add('sum', [g, shortcut], 'join', 'x + g(x)', output);
  const title = isSame
    ? say('Residual block, identity shortcut')
    : say('Residual block, 1 × 1 shortcut');
  return architecture({ nodes, edges }, { ...options, title: options.title ?? title });
}
