import type { Annotation, Data, Shape } from 'plotly.js-dist-min';
import type { ArchitectureNode, NodeKind } from './architecture';
import { label } from './figure';

/** A point of a drawing: x in columns, y in pixels down from the first layer. */
export interface Point {
  x: number;
  y: number;
}

/** A faint box around a group of nodes. */
export interface GroupBox {
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Where its name stands. */
  side: 'left' | 'right';
}

/** In pixels: nodes keep their size, and three stand side by side on a phone. */
export const nodeSize = { width: 96, height: 36, corner: 6 };

const headLength = 6;
// How far an edge stays straight above and below where it passes a layer.
const bendLength = 10;

/** A node as a rounded rectangle. */
export function nodeShape(at: Point, kind: NodeKind): Partial<Shape> {
  const { width, height, corner } = nodeSize;
  const [right, bottom] = [width / 2, height / 2];
  // With pixel sizing, a path's y grows upwards from its anchor; the rectangle is symmetric.
  const path =
    `M${-right + corner},${-bottom} L${right - corner},${-bottom} Q${right},${-bottom} ${right},${-bottom + corner}` +
    ` L${right},${bottom - corner} Q${right},${bottom} ${right - corner},${bottom}` +
    ` L${-right + corner},${bottom} Q${-right},${bottom} ${-right},${bottom - corner}` +
    ` L${-right},${-bottom + corner} Q${-right},${-bottom} ${-right + corner},${-bottom} Z`;
  return {
    type: 'path',
    path,
    xref: 'x',
    yref: 'y',
    xsizemode: 'pixel',
    ysizemode: 'pixel',
    xanchor: at.x,
    yanchor: at.y,
    fillcolor: `theme:${kind}`,
    line: { color: `theme:${kind}Edge`, width: 1.2 },
    layer: 'below',
  };
}

/** A node's label, and below it its detail. */
export function nodeText(at: Point, node: ArchitectureNode): Partial<Annotation> {
  const detail = node.detail ? `<br><span style="font-size:10px">${label(node.detail)}</span>` : '';
  return {
    x: at.x,
    y: at.y,
    text: `<b>${label(node.label)}</b>${detail}`,
    showarrow: false,
    font: { size: 11, color: 'theme:text' },
  };
}

/**
 * Where an edge leaves or meets a node: in the middle from straight above or below, else some way
 * towards the side that the edge goes to, in columns; so that a shortcut does not hide the spine.
 */
function port(at: Point, towards: Point): number {
  const aside = towards.x - at.x;
  return at.x + (Math.abs(aside) < 0.3 ? 0 : 0.22 * Math.sign(aside));
}

/** Where the arrow of an edge ends. */
export function edgeEnd(route: readonly Point[]): Point {
  const last = route.at(-1)!;
  return { x: port(last, route.at(-2)!), y: last.y - nodeSize.height / 2 };
}

/** An edge from below its first point to above its last, around the nodes between. */
export function edgeShape(route: readonly Point[]): Partial<Shape> {
  const first = route[0]!;
  const end = edgeEnd(route);
  const points = [
    { x: port(first, route[1]!), y: first.y + nodeSize.height / 2 },
    ...route.slice(1, -1).flatMap(({ x, y }) => [
      { x, y: y - bendLength },
      { x, y: y + bendLength },
    ]),
    { x: end.x, y: end.y - headLength },
  ];
  const path = points.map(({ x, y }, i) => {
    if (i === 0) return `M${x},${y}`;
    const { x: fromX, y: fromY } = points[i - 1]!;
    if (Math.abs(fromX - x) < 1e-3) return `L${x},${y}`;
    const middle = (fromY + y) / 2;
    return `C${fromX},${middle} ${x},${middle} ${x},${y}`;
  });
  return {
    type: 'path',
    path: path.join(' '),
    xref: 'x',
    yref: 'y',
    line: { color: 'theme:line', width: 1.4 },
    layer: 'below',
  };
}

/** Arrow heads, one at each end of an edge. */
export function arrowHeads(ends: readonly Point[]): Data {
  return {
    type: 'scatter',
    mode: 'markers',
    x: ends.map(({ x }) => x),
    y: ends.map(({ y }) => y - headLength / 2),
    marker: { symbol: 'triangle-down', size: 8, color: 'theme:line', opacity: 1 },
    hoverinfo: 'skip',
  };
}

/** Invisible points on the nodes, which answer the pointer. */
export function hoverTargets(nodes: readonly (Point & { node: ArchitectureNode })[]): Data {
  return {
    type: 'scatter',
    mode: 'markers',
    x: nodes.map(({ x }) => x),
    y: nodes.map(({ y }) => y),
    marker: { size: nodeSize.height, opacity: 0 },
    text: nodes.map(({ node }) =>
      [node.group, node.label, node.detail]
        .filter((part) => part !== undefined)
        .map(label)
        .join('<br>'),
    ),
    hovertemplate: '%{text}<extra></extra>',
  };
}

export function groupShape({ left, right, top, bottom }: GroupBox): Partial<Shape> {
  return {
    type: 'rect',
    xref: 'x',
    yref: 'y',
    x0: left,
    x1: right,
    y0: top,
    y1: bottom,
    fillcolor: 'theme:group',
    line: { color: 'theme:groupEdge', width: 1 },
    layer: 'below',
  };
}

export function groupName({ name, left, right, top, side }: GroupBox): Partial<Annotation> {
  return {
    x: side === 'left' ? left : right,
    y: top,
    xanchor: side,
    yanchor: 'top',
    xshift: side === 'left' ? 4 : -4,
    text: label(name),
    showarrow: false,
    font: { size: 11, color: 'theme:muted' },
  };
}
