import { exampleGraph } from './example-figures';
import { architecture } from './index';

const graph = {
  nodes: [
    { id: 'in', label: 'Input', detail: '115 × 1', kind: 'input' },
    { id: 'conv', label: 'Conv1D', kind: 'conv', group: 'block' },
    { id: 'lstm', label: 'LSTM', kind: 'recurrent', group: 'block' },
    { id: 'add', label: 'Add', kind: 'join' },
  ],
  edges: [
    ['in', 'conv'],
    ['in', 'lstm'],
    ['conv', 'add'],
    ['lstm', 'add'],
  ],
} as const;

it('draws a box a node, an arrow an edge, and a faint box a group', () => {
  const { data, layout, description } = architecture(graph);
  const fills = layout.shapes!.map(({ fillcolor }) => fillcolor);
  expect(fills).toEqual([
    'theme:group',
    ...[undefined, undefined, undefined, undefined],
    ...['theme:input', 'theme:conv', 'theme:recurrent', 'theme:join'],
  ]);
  expect((data[0] as { x: number[] }).x).toHaveLength(4);
  expect(layout.annotations!.map(({ text }) => text)).toEqual([
    'block',
    '<b>Input</b><br><span style="font-size:10px">115 × 1</span>',
    '<b>Conv1D</b>',
    '<b>LSTM</b>',
    '<b>Add</b>',
  ]);
  expect(description).toBe('4 layers, from the input: Input 115 × 1, Conv1D, LSTM, Add.');
});

it('puts conv and LSTM side by side between what they share', () => {
  const [, input, conv, lstm, add] = architecture(graph).layout.annotations!;
  expect(conv!.y).toBe(lstm!.y);
  expect(conv!.x).toBeLessThan(lstm!.x as number);
  expect(input!.y).toBeLessThan(conv!.y as number);
  expect(add!.y).toBeGreaterThan(conv!.y as number);
  const middle = ((conv!.x as number) + (lstm!.x as number)) / 2;
  expect(input!.x).toBeCloseTo(middle, 2);
  expect(add!.x).toBeCloseTo(middle, 2);
});

it('fits Res-1DCNN-LSTM into three columns, every group in a box of its own', () => {
  const { layout } = architecture(exampleGraph());
  const [left, right] = layout.xaxis!.range as [number, number];
  expect(right - left).toBeLessThan(3.4);
  const boxes = layout.shapes!.filter(({ type }) => type === 'rect');
  expect(boxes).toHaveLength(4);
  boxes.slice(1).forEach((box, i) => {
    expect(box.y0).toBeGreaterThan(boxes[i]!.y1 as number);
  });
});
