import { heatmap } from './index';

const options = { title: 'Weights', x: 'place', y: 'filter' };

it('has its first row on top and, diverging, its middle at 0', () => {
  const figure = heatmap(
    [
      [1, -3],
      [0, 2],
    ],
    { ...options, scale: 'diverging', colour: 'weight', text: 3, xNames: ['a', '<'] },
  );
  expect(figure.data).toMatchObject([
    { z: [[1, -3], [0, 2]], zmin: -3, zmax: 3, x: ['a', '&lt;'], texttemplate: '%{z:.3~g}' }, // prettier-ignore
  ]);
  expect(figure.layout).toMatchObject({ yaxis: { autorange: 'reversed', dtick: 1 } });
  expect(figure.description).toBe('2 by 2 cells, weight, from -3.00 to 2.00.');
});

it.each([
  [[], {}, '0 names for 0 columns'],
  [[[1, 2]], { xNames: ['a'] }, '1 names for 2 columns'],
  [[[1, 2]], { yNames: ['a', 'b'] }, '2 names for 1 rows'],
])('refuses %j with %j', (z, names, message) => {
  expect(() => heatmap(z, { ...options, ...names })).toThrow(
    `Cannot draw the heatmap "Weights": ${message}`,
  );
});
