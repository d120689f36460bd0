import type { Source } from '@botlab/data';
import { realismText } from './realism-text';
import type { SimToReal } from './sim-to-real';

const source = { description: 'a source of the tests' } as Source;

function textOf(...labels: number[]): string {
  const found = {
    run: { config: { model: 'dense', data: { sample: { rows: 10 }, leakage: 'drop' } } },
    evaluation: { rows: 10, macroRecall: 0.4825, accuracy: 0.965 },
    detections: labels.map((label) => ({ label, rows: 5, flagged: 4 })),
  } as unknown as SimToReal;
  return realismText([], found, source, source);
}

it('gives a balanced accuracy where there are benign rows and attacks, and none of attacks alone', () => {
  expect(textOf(0, 2)).toContain('balanced accuracy 48.25 %, accuracy 96.50 %.');
  expect(textOf(2, 9)).toContain('accuracy 96.50 %, of attacks alone.');
  expect(textOf(2, 9)).not.toContain('balanced');
});
