import { trainingCurves } from './index';

const history = [
  { epoch: 1, loss: 0.9, accuracy: 0.5, validationLoss: 1, validationAccuracy: 0.4 },
  { epoch: 2, loss: 0.4, accuracy: 0.8 },
];

it('draws accuracy and loss, training dotted, validation where it was measured', () => {
  const { data, description } = trainingCurves([{ name: 'gru', history }]);
  const curves = data.filter((trace) => (trace as { showlegend?: boolean }).showlegend === false);
  const colour = { color: 'theme:series0' };
  expect(curves).toMatchObject([
    { yaxis: 'y', name: 'gru, training', x: [1, 2], y: [50, 80], line: { dash: 'dot', ...colour } },
    { yaxis: 'y', name: 'gru, validation', x: [1], y: [40], mode: 'markers' },
    { yaxis: 'y2', name: 'gru, training', y: [0.9, 0.4], mode: 'lines' },
    { yaxis: 'y2', name: 'gru, validation', y: [1], line: { dash: 'solid', ...colour } },
  ]);
  expect(description).toContain('gru: after epoch 2, training loss 0.400');
});

it('has one key a run and one a kind of line', () => {
  const runs = ['dense', 'gru'].map((name) => ({ name, history }));
  const keys = trainingCurves(runs).data.filter(
    (trace) => (trace as { showlegend?: boolean }).showlegend !== false,
  );
  expect(keys).toMatchObject([
    { name: 'dense', line: { color: 'theme:series0' } },
    { name: 'gru', line: { color: 'theme:series1' } },
    { name: 'training', line: { dash: 'dot' } },
    { name: 'validation', line: { dash: 'solid' } },
  ]);
});

it('leaves out validation that was never measured', () => {
  const { data } = trainingCurves([{ name: 'gru', history: history.slice(1) }]);
  expect(data.map((trace) => (trace as { name?: string }).name)).not.toContain('gru, validation');
});

it('has its ticks at whole epochs', () => {
  const epochs = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ epoch: i + 1, loss: 1, accuracy: 1 }));
  const axis = (count: number) =>
    trainingCurves([{ name: 'gru', history: epochs(count) }]).layout.xaxis;
  expect(axis(3)).toMatchObject({ tick0: 1, dtick: 1, range: [0.96, 3.04] });
  expect(axis(30)).toMatchObject({ tick0: 1, dtick: 3 });
  expect(axis(1)).toMatchObject({ dtick: 1, range: [0.5, 1.5] });
});
