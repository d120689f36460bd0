import fc from 'fast-check';
import { layered } from './layered-graph';

/** Graphs without cycles: edges go from lower to higher numbers. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const node = fc.integer({ min: 0, max: size - 1 });
  return fc
    .uniqueArray(fc.tuple(node, node), { maxLength: 24, selector: ([a, b]) => `${a},${b}` })
    .map((pairs) => ({
      nodes: Array.from({ length: size }, (_, i) => `${i}`),
      edges: pairs
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => [`${Math.min(a, b)}`, `${Math.max(a, b)}`] as const),
    }));
});

describe('layered', () => {
  it('leads every edge down, one layer at a time, and lets no two nodes overlap', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const { layers, routes } = layered(nodes, edges);
        routes.forEach((route, i) => {
          expect([route[0]!.id, route.at(-1)!.id]).toEqual(edges[i]);
          route.forEach((place, j) => expect(place.layer).toBe(route[0]!.layer + j));
        });
        for (const layer of layers) {
          const nodes = layer.filter(({ isBend }) => !isBend);
          for (let i = 1; i < nodes.length; i++) {
            expect(nodes[i]!.x - nodes[i - 1]!.x).toBeGreaterThan(1 - 1e-9);
          }
        }
        const drawn = layers.flat().filter(({ isBend }) => !isBend);
        expect(drawn.map(({ id }) => id).sort()).toEqual([...nodes].sort());
        expect(Math.min(...layers.flat().map(({ x }) => x))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the spine straight and bends the shortcut around it', () => {
    const { layers, routes } = layered(
      ['in', 'a', 'b', 'add', 'out'],
      [
        ['in', 'a'],
        ['a', 'b'],
        ['b', 'add'],
        ['in', 'add'],
        ['add', 'out'],
      ],
    );
    const spine = layers.map(([node]) => node!);
    expect(spine.map(({ id }) => id)).toEqual(['in', 'a', 'b', 'add', 'out']);
    spine.forEach(({ x }) => expect(x).toBeCloseTo(spine[0]!.x, 2));
    const bends = routes[3]!.slice(1, -1);
    expect(bends.map(({ isBend }) => isBend)).toEqual([true, true]);
    bends.forEach(({ x }) => expect(x).toBeGreaterThan(spine[0]!.x + 0.7));
  });

  it('refuses a circle and an unknown node', () => {
    const circle = [['a', 'b'] as const, ['b', 'a'] as const];
    expect(() => layered(['a', 'b'], circle)).toThrow('its edges go round in a circle');
    expect(() => layered(['a'], [['a', 'x']])).toThrow('no node "x"');
  });
});
