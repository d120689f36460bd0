/** A place in a layered drawing: a node, or a bend where an edge passes a layer it skips. */
export interface Place {
  /** Of the node, or of the edge as "from→to". */
  id: string;
  isBend: boolean;
  layer: number;
  /** In units of a node's width, from the left. */
  x: number;
}

/** A drawing of a graph without cycles: every edge goes down. */
export interface Layering {
  /** `[layers][places]`, top to bottom, left to right. */
  layers: Place[][];
  /** For each edge in the order given: its places, one in each layer from its start to its end. */
  routes: Place[][];
}

const bendWidth = 0.55;

// How hard an edge pulls its two ends into one column: as part of a line, and otherwise.
const firm = 8;
const loose = 0.01;

// First all neighbours pull alike, to find the order; then the lines are straightened.
const sweeps = { order: 8, straighten: 800 };

/** An edge from one layer to the next, or a part of one that skips layers. */
interface Link {
  place: Place;
  pull: number;
}

/**
 * Lays a graph out in layers (Sugiyama, Tagawa and Toda 1981): a node's layer is the longest path
 * to it; within a layer the order is by the barycentre of the neighbours; then x follows the
 * neighbours as closely as the order allows. The longest paths make the spine of the drawing, which
 * stays straight, while shortcuts bend around it.
 *
 * @param nodes ids in reading order, which decides where neighbours do not
 * @throws RangeError when an edge names an unknown node, or the edges go round in a circle
 */
export function layered(
  nodes: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): Layering {
  const depth = depths(nodes, edges);
  const height = depths(
    nodes,
    edges.map(([from, to]) => [to, from] as const),
  );
  const last = Math.max(0, ...depth.values());
  const layers: Place[][] = Array.from({ length: last + 1 }, () => []);
  const above = new Map<Place, Link[]>();
  const below = new Map<Place, Link[]>();
  const put = (id: string, isBend: boolean, layer: number): Place => {
    const place = { id, isBend, layer, x: 0 };
    layers[layer]!.push(place);
    above.set(place, []);
    below.set(place, []);
    return place;
  };
  const places = new Map(nodes.map((id) => [id, put(id, false, depth.get(id)!)]));
  const isOnSpine = (id: string) => depth.get(id)! + height.get(id)! === last;
  // Bends come after the nodes, so that at first they stand right of them.
  const routes = edges.map(([from, to]) => {
    const route = [places.get(from)!];
    for (let layer = depth.get(from)! + 1; layer < depth.get(to)!; layer++) {
      route.push(put(`${from}→${to}`, true, layer));
    }
    route.push(places.get(to)!);
    const isLoneStart = edges.filter((edge) => edge[0] === from).length === 1;
    const isLoneEnd = edges.filter((edge) => edge[1] === to).length === 1;
    const isSpine = route.length === 2 && isOnSpine(from) && isOnSpine(to);
    for (let i = 1; i < route.length; i++) {
      const isLine = (i > 1 || isLoneStart) && (i < route.length - 1 || isLoneEnd);
      const pull = isLine || isSpine ? firm : loose;
      below.get(route[i - 1]!)!.push({ place: route[i]!, pull });
      above.get(route[i]!)!.push({ place: route[i - 1]!, pull });
    }
    return route;
  });
  for (const layer of layers) align(layer, () => []);
  for (let sweep = 0; sweep < sweeps.order + sweeps.straighten; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) {
      if (sweep < sweeps.order) {
        const near = isDown ? above : below;
        order(layer, near);
        align(layer, (place) => near.get(place)!.map((link) => ({ ...link, pull: 1 })));
      } else {
        align(layer, (place) => [...above.get(place)!, ...below.get(place)!]);
      }
    }
  }
  const left = Math.min(...layers.flat().map(({ x }) => x));
  for (const place of layers.flat()) place.x -= left;
  return { layers, routes };
}

/** The longest path to each node, in edges. */
function depths(
  nodes: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): Map<string, number> {
  const depth = new Map(nodes.map((id) => [id, 0]));
  for (const id of edges.flat()) {
    if (!depth.has(id)) throw new RangeError(`Cannot lay out a graph: no node "${id}".`);
  }
  for (let round = 0; round <= nodes.length; round++) {
    let isSettled = true;
    for (const [from, to] of edges) {
      if (depth.get(to)! > depth.get(from)!) continue;
      depth.set(to, depth.get(from)! + 1);
      isSettled = false;
    }
    if (isSettled) return depth;
  }
  throw new RangeError('Cannot lay out a graph: its edges go round in a circle.');
}

/** Sorts by the mean place of the neighbours. */
function order(layer: Place[], neighbours: ReadonlyMap<Place, readonly Link[]>): void {
  const barycentre = new Map(
    layer.map((place) => {
      const links = neighbours.get(place)!;
      const sum = links.reduce((sum, link) => sum + link.place.x, 0);
      return [place, links.length === 0 ? place.x : sum / links.length];
    }),
  );
  layer.sort((a, b) => barycentre.get(a)! - barycentre.get(b)! || a.x - b.x);
}

/**
 * Moves each place to the weighted mean of its neighbours, or as near as order and distances allow:
 * least squares by pooling adjacent violators.
 */
function align(layer: readonly Place[], linksOf: (place: Place) => readonly Link[]): void {
  let offset = 0;
  const offsets = layer.map((place, i) => {
    if (i > 0) offset += (width(place) + width(layer[i - 1]!)) / 2;
    return offset;
  });
  const pools: { sum: number; weight: number; size: number }[] = [];
  layer.forEach((place, i) => {
    const links = linksOf(place);
    const pull = links.reduce((sum, link) => sum + link.pull, 0);
    const weight = pull === 0 ? loose : pull;
    const wish = links.reduce((sum, link) => sum + link.pull * link.place.x, 0) / weight;
    const target = (pull === 0 ? place.x : wish) - offsets[i]!;
    pools.push({ sum: weight * target, weight, size: 1 });
    for (let last = pools.length - 1; last > 0; last--) {
      const one = pools[last - 1]!;
      const next = pools[last]!;
      if (one.sum / one.weight <= next.sum / next.weight) break;
      pools.splice(last - 1, 2, {
        sum: one.sum + next.sum,
        weight: one.weight + next.weight,
        size: one.size + next.size,
      });
    }
  });
  const origins = pools.flatMap(({ sum, weight, size }) => Array<number>(size).fill(sum / weight));
  layer.forEach((place, i) => (place.x = origins[i]! + offsets[i]!));
}

function width(place: Place): number {
  return place.isBend ? bendWidth : 1;
}
