import { classDistribution } from './index';

it('shows the share of each class, the largest first', () => {
  const figure = classDistribution(
    [
      { name: 'benign', count: 1000 },
      { name: 'mirai.<udp>', count: 3000 },
    ],
    { synthetic: true },
  );
  expect(figure.title).toBe('Share of each class (synthetic data)');
  expect(figure.data).toMatchObject([
    {
      y: ['mirai.&lt;udp&gt;', 'benign'],
      x: [75, 25],
      text: ['3,000 · 75.0 %', '1,000 · 25.0 %'],
    },
  ]);
  expect(figure.description).toBe(
    'Of 4,000 rows: mirai.<udp> 3,000 · 75.0 %; benign 1,000 · 25.0 %.',
  );
});

it('draws an empty data set as empty bars, not as NaN', () => {
  expect(classDistribution([{ name: 'benign', count: 0 }]).data).toMatchObject([{ x: [0] }]);
});
