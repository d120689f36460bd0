import { spawnSync } from 'node:child_process';
import { python, withoutModule } from '../../../../../tools/testing/python';
import { skipIf } from '../../../../../tools/testing/skip-if';
import { type Examples } from '../../prepare-data';
import { fitLogistic } from './logistic-fit';
import { predictLogistic } from './logistic-predict';

const missing = withoutModule('sklearn', 'scikit-learn');

const FEATURES = 6;
const TOLERANCE = 1e-7;

/** Rows whose classes overlap; columns that nearly follow from each other, as those of flows. */
function rowsOf(classes: number, rows: number, from: number): Pick<Examples, 'x' | 'y'> {
  const x = new Float32Array(rows * FEATURES);
  const y = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const noise = (k: number): number => Math.sin((from + row) * 12.9898 + k * 78.233) * 2;
    const label = row % classes;
    y[row] = label;
    const base = [0, 1, 2].map((k) => noise(k) + (label === k ? 1.5 : 0));
    x.set([...base, ...base.map((value, k) => 3 * value + 0.05 * noise(k + 9))], row * FEATURES);
  }
  return { x, y };
}

/** What scikit-learn says of the test rows: log-probabilities `[rows, classes]`. */
function reference(
  train: Pick<Examples, 'x' | 'y'>,
  test: Pick<Examples, 'x'>,
  c: number,
): number[][] {
  const script = `
import json, sys
import numpy as np
from sklearn.linear_model import LogisticRegression
asked = json.load(sys.stdin)
rows = lambda name: np.array(asked[name], dtype="float64").reshape(-1, ${FEATURES})
model = LogisticRegression(C=asked["c"], tol=${TOLERANCE}, max_iter=100000).fit(rows("x"), asked["y"])
print(json.dumps(model.predict_log_proba(rows("test")).tolist()))
`;
  const input = JSON.stringify({ x: [...train.x], y: [...train.y], test: [...test.x], c });
  const { stdout, stderr, status } = spawnSync(python, ['-c', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as number[][];
}

skipIf(missing).describe('logistic regression as scikit-learn has it', () => {
  it.each([
    { classes: 2, c: 1 },
    { classes: 3, c: 1 },
    { classes: 5, c: 1 },
    { classes: 5, c: 0.01 },
  ])('$classes classes, C $c', async ({ classes, c }) => {
    const [train, test] = [rowsOf(classes, 400, 0), rowsOf(classes, 100, 5000)];
    const options = { c, tolerance: TOLERANCE, iterations: 5000 };
    const { fitted } = await fitLogistic(train, { options, classes });
    const { logits, labels } = await predictLogistic(fitted, test.x);
    const expected = reference(train, test, c);
    const differences = expected.flat().map((value, i) => Math.abs(value - logits[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    expect([...labels]).toEqual(expected.map((row) => row.indexOf(Math.max(...row))));
  });
});
