import { lstmCell } from './index';

const texts = ({ layout }: ReturnType<typeof lstmCell>) =>
  layout.annotations!.map(({ text }) => text);

it('counts the weights of the four layers', () => {
  // 4 (inputs + units + 1 bias) units
  const figure = lstmCell({ inputs: 32, units: 16 });
  expect(texts(figure)).toContain('32 + 16 numbers into each of 4 layers of 16:<br>3,136 weights');
  expect(texts(figure)).toContain('c<sub>t</sub>');
});

it('computes the state of a unit from its gates', () => {
  const step = { forget: 0.5, input: 1, candidate: -0.25, output: 0.5, cellBefore: 1 };
  const figure = lstmCell({ inputs: 1, units: 2 }, { step });
  expect(texts(figure)).toEqual(
    expect.arrayContaining(['c̃ = −0.25', 'c<sub>t−1</sub><br>1.00', 'c<sub>t</sub><br>0.25']),
  );
  // 0.5 tanh(0.25)
  expect(figure.description).toContain('One unit: memory cell 0.25, output 0.12.');
});
