import {
  arrowHeads,
  edgeEnd,
  edgeShape,
  groupName,
  groupShape,
  hoverTargets,
  nodeShape,
  nodeSize,
  nodeText,
  type GroupBox,
  type Point,
} from './architecture-drawing';
import type { Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn, translated } from './language/say';
import { layered, type Place } from './layered-graph';

export type NodeKind =
  'input' | 'conv' | 'recurrent' | 'norm' | 'join' | 'activation' | 'pool' | 'dense' | 'other';

/** A layer of a model. */
export interface ArchitectureNode {
  id: string;
  label: string;
  /** Below the label, such as its output "115 × 32". */
  detail?: string;
  kind: NodeKind;
  /** Nodes with the same group stand in one faint box of that name. */
  group?: string;
}

/** A model as a graph without cycles. */
export interface ArchitectureGraph {
  nodes: readonly ArchitectureNode[];
  edges: readonly (readonly [from: string, to: string])[];
}

// In pixels, between layers and around groups.
const gap = { layer: 58, group: 34, page: 30, boxTop: 26, boxBottom: 12 };
// In columns, from the outermost node's middle.
const edge = { page: 0.63, box: 0.6, narrow: 0.47 };

/**
 * A model's layers from the input at the top to the output at the bottom, each edge an arrow (the
 * paper's Figure 1).
 *
 * @throws RangeError when an edge names an unknown node, or the edges go round in a circle
 */
export function architecture(graph: ArchitectureGraph, options: FigureOptions = {}): Figure {
  const say = sayIn(options.language);
  const { layers, routes } = layered(
    graph.nodes.map(({ id }) => id),
    graph.edges,
  );
  const byId = new Map(
    graph.nodes.map((node) => {
      const label = translated(node.label, options.language);
      return [node.id, { ...node, label }];
    }),
  );
  const groups = layers.map((layer) =>
    layer.filter(({ isBend }) => !isBend).map(({ id }) => byId.get(id)!.group),
  );
  const y = heights(groups);
  const point = ({ x, layer }: Place): Point => ({ x, y: y[layer]! });
  const nodes = layers
    .flat()
    .filter(({ isBend }) => !isBend)
    .map((place) => ({ ...point(place), node: byId.get(place.id)! }));
  const widest = Math.max(...layers.flat().map(({ x }) => x));
  const boxes = groupBoxes(nodes, widest);
  const top = -nodeSize.height / 2 - gap.page;
  const bottom = y.at(-1)! + nodeSize.height / 2 + gap.page;
  return {
    title: caption(options.title ?? say('Architecture'), options),
    description: say('{count} layers, from the input: {layers}.', {
      count: nodes.length,
      layers: nodes
        .map(({ node }) => (node.detail ? `${node.label} ${node.detail}` : node.label))
        .join(say(', ')),
    }),
    maxWidth: 100 + 150 * (widest + 1),
    data: [arrowHeads(routes.map((route) => edgeEnd(route.map(point)))), hoverTargets(nodes)],
    layout: {
      // One unit of y is one pixel.
      height: bottom - top,
      margin: { l: 4, r: 4, t: 0, b: 0 },
      showlegend: false,
      hovermode: 'closest',
      xaxis: { visible: false, range: [-edge.page, widest + edge.page] },
      yaxis: { visible: false, range: [bottom, top] },
      shapes: [
        ...boxes.map(groupShape),
        ...routes.map((route) => edgeShape(route.map(point))),
        ...nodes.map((at) => nodeShape(at, at.node.kind)),
      ],
      annotations: [...boxes.map(groupName), ...nodes.map((at) => nodeText(at, at.node))],
    },
  };
}

/** The y of each layer: further apart where a group begins or ends, for its box and name. */
function heights(groups: readonly (string | undefined)[][]): number[] {
  const key = (layer: number) => [...new Set(groups[layer])].map((name) => name ?? '').join('\n');
  let at = 0;
  return groups.map((_, layer) => {
    if (layer > 0) at += gap.layer + (key(layer) === key(layer - 1) ? 0 : gap.group);
    return at;
  });
}

/** A box around each group; as wide as the drawing where no other group stands beside it. */
function groupBoxes(
  nodes: readonly (Point & { node: ArchitectureNode })[],
  widest: number,
): GroupBox[] {
  const names = [...new Set(nodes.map(({ node }) => node.group))];
  const tight = names.flatMap((name): GroupBox[] => {
    if (name === undefined) return [];
    const members = nodes.filter(({ node }) => node.group === name);
    const [xs, ys] = [members.map(({ x }) => x), members.map(({ y }) => y)];
    return [
      {
        name,
        left: Math.min(...xs),
        right: Math.max(...xs),
        side: 'left',
        top: Math.min(...ys) - nodeSize.height / 2 - gap.boxTop,
        bottom: Math.max(...ys) + nodeSize.height / 2 + gap.boxBottom,
      },
    ];
  });
  const isBeside = (one: GroupBox, other: GroupBox) =>
    one !== other && one.top < other.bottom && other.top < one.bottom;
  return tight.map((box) => {
    const neighbours = tight.filter((other) => isBeside(box, other));
    if (neighbours.length === 0) return { ...box, left: -edge.box, right: widest + edge.box };
    // An arrow comes to a node from the side of the others: the name stands on the far one.
    const side = neighbours.every(({ right }) => right < box.left) ? 'right' : 'left';
    return { ...box, side, left: box.left - edge.narrow, right: box.right + edge.narrow };
  });
}
