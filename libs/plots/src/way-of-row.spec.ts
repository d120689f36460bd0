import { wayOfRow } from './index';

it('counts the features by streams and windows, and names the likeliest class', () => {
  const { description, layout } = wayOfRow({
    packet: 'TCP <SYN>',
    streams: [
      { name: 'H', shared: 'IP', statistics: 3 },
      { name: 'HH', shared: 'IP → IP', statistics: 7 },
    ],
    windows: ['L5', 'L1'],
    scaler: 'log',
    model: 'GRU',
    verdict: [
      { name: 'benign', probability: 0.1 },
      { name: 'mirai.syn', probability: 0.9 },
    ],
  });
  expect(description).toBe(
    'A packet joins 2 streams; 2 windows over each give 20 features; scaler log, model GRU; verdict mirai.syn 90.0 %.',
  );
  const texts = layout.annotations!.map(({ text }) => text!);
  expect(texts[0]).toContain('TCP &lt;SYN&gt;');
  expect(texts).toContain('90.0 %');
  // Six cells of H and fourteen of HH.
  const cells = layout.shapes!.filter(({ fillcolor }) => /series[01]$/.test(String(fillcolor)));
  expect(cells.map(({ fillcolor }) => fillcolor).lastIndexOf('theme:series0')).toBe(5);
});
