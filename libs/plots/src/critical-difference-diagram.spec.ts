import { criticalDifferenceDiagram } from './critical-difference-diagram';
import { exampleRanks } from './example-figures';

it('sets models from the best rank down, and says which are not told apart', () => {
  const { layout, description } = criticalDifferenceDiagram(exampleRanks);
  const names = layout.annotations!.filter(({ text }) => exampleRanks.names.includes(text!));
  const down = [...names].sort((a, b) => Number(a.y) - Number(b.y)).map(({ text }) => text);
  expect(down.slice(0, 3)).toEqual(['Random forest', 'Res-1DCNN-LSTM', '1D-CNN']);
  expect(description).toContain('Mean ranks: Random forest 1.40, Res-1DCNN-LSTM 2.10');
  expect(description).toContain('Not told apart: Random forest, Res-1DCNN-LSTM.');
});

it('refuses a model without a rank', () => {
  expect(() => criticalDifferenceDiagram({ names: ['Dense'], ranks: [], cliques: [] })).toThrow(
    '0 ranks of 1 models',
  );
});
