import {
  scorePredictions,
  attackLogOdds,
  crossEntropy,
  type Predictions,
  probabilities,
} from './evaluation';

const BINARY = ['benign', 'attack'];

/** Predictions with these logits, a row each. */
function said(...rows: readonly (readonly number[])[]): Predictions {
  return {
    logits: Float32Array.from(rows.flat()),
    labels: Uint8Array.from(rows, (row) => row.indexOf(Math.max(...row))),
  };
}

it('ranks rows whose probabilities are all 1 as float32', () => {
  // The benign row is taken for an attack with less certainty than the attacks.
  const predictions = said([0, 20], [0, 25], [0, 30]);
  expect([...probabilities(predictions)].filter((_, i) => i % 2 === 1)).toEqual([1, 1, 1]);
  const y = Uint8Array.of(0, 1, 1);
  expect(scorePredictions(predictions, { y }, BINARY)).toMatchObject({
    rocAuc: 1,
    averagePrecision: 1,
  });
  const reversed = said([0, 30], [0, 25], [0, 20]);
  expect(scorePredictions(reversed, { y }, BINARY).rocAuc).toBe(0);
});

it('takes the attacks of the multiclass task together, against benign', () => {
  const [first, second] = attackLogOdds(said([1, 2, 2], [-100, 500, 400]));
  expect(first).toBeCloseTo(Math.log(2 * Math.exp(2)) - 1, 12);
  expect(second).toBe(600);
  // Neither attack outweighs benign in the first row, both together do in the second.
  const predictions = said([1, 0.9, -9], [1, 0.8, 0.8]);
  const { rocAuc } = scorePredictions(predictions, { y: Uint8Array.of(0, 2) }, [
    'benign',
    'a',
    'b',
  ]);
  expect(rocAuc).toBe(1);
});

it('gives softmax and cross-entropy of logits beyond what exp can hold', () => {
  const predictions = said([1000, 0], [0, -1000], [Math.log(3), 0]);
  const shares = [1, 0, 1, 0, 0.75, 0.25];
  probabilities(predictions).forEach((share, i) => expect(share).toBeCloseTo(shares[i]!, 7));
  const loss = crossEntropy(predictions, Uint8Array.of(1, 0, 1));
  expect(loss).toBeCloseTo((1000 + 0 - Math.log(0.25)) / 3, 5);
});

it('leaves the areas out where all rows are of one class, and says what was not scored', () => {
  const evaluation = scorePredictions(said([0, 1]), { y: Uint8Array.of(1) }, BINARY, {
    rows: 2,
    classes: ['mirai ack'],
  });
  expect(evaluation).not.toHaveProperty('rocAuc');
  expect(evaluation).not.toHaveProperty('averagePrecision');
  expect(evaluation.leftOut).toEqual({ rows: 2, classes: ['mirai ack'] });
  expect(scorePredictions(said([0, 1]), { y: Uint8Array.of(1) }, BINARY)).not.toHaveProperty(
    'leftOut',
  );
});
