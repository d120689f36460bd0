import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { Random } from '@botlab/random';
import { python, withoutModule } from '../../../../tools/testing/python';
import { skipIf } from '../../../../tools/testing/skip-if';
import { range } from '../range';
import { Scaler } from '../scaler';
import { normalQuantile } from './normal-quantile';
import { LEAST_RANK } from './score-curve';

const missing = withoutModule('scipy, sklearn', 'scikit-learn');

const drawn = (rows: number, value: (random: Random, row: number) => number): number[] => {
  const random = new Random(1, 'quantile-parity');
  return Array.from({ length: rows }, (_, row) => value(random, row));
};

/** What scikit-learn does not scale as its own definition says, and why. */
const ITS_OWN: Readonly<Record<string, string>> = {
  'subnormal numbers': 'what is within 1e-7 of an end is the end to it',
  'the largest numbers': 'its differences of them overflow',
};

/** Columns by what is hard about them. 513 rows: where 1 / (n - 1) is no exact number, its ties are off by a row. */
const COLUMNS: Readonly<Record<string, readonly number[]>> = {
  'two values': [3, 7],
  'few values, many ties': drawn(513, (random) => Math.floor(5 * random.float())),
  '99 % equal at the lower end': drawn(2000, (random, row) => (row % 100 ? 0 : random.float())),
  '99 % equal at the upper end': drawn(2000, (random, row) => (row % 100 ? 9 : random.float())),
  'as many as there are knots': drawn(2000, (random) => random.float()),
  'variances up to 1e17': drawn(1500, (random) => 10 ** (17 * random.float())),
  'both signs, 0 and -0': drawn(900, (random, row) =>
    row % 9 ? random.float() - 0.5 : row % 2 ? 0 : -0,
  ),
  'seconds since 1970': drawn(1000, (random) => 1505661693 + 1e4 * random.float()),
  'subnormal numbers': drawn(300, (random, row) => (row % 3 ? row * 5e-324 : random.float())),
  'the largest numbers': drawn(300, (random) => (random.float() - 0.5) * 2 * Number.MAX_VALUE),
};

skipIf(missing).describe('parity of the quantile scaler', () => {
  let answers: { ranks: number[][]; scikitLearn: number[][] };
  beforeAll(() => {
    const { status, stdout, stderr } = spawnSync(
      python,
      [path.join(__dirname, 'quantile-parity.py')],
      { input: JSON.stringify(Object.values(COLUMNS)), encoding: 'utf8', maxBuffer: 1e8 },
    );
    if (status !== 0) throw new Error(`Python could not scale the columns: ${stderr}`);
    answers = JSON.parse(stdout) as typeof answers;
  });

  it.each(Object.entries(COLUMNS))('%s', (name, values) => {
    const table = { features: Float64Array.from(values), columns: ['c0'] };
    const rows = range(values.length);
    const scores = Scaler.fit('quantile', table, rows).transform(table, rows);
    const place = Object.keys(COLUMNS).indexOf(name);
    scores.forEach((score, row) => {
      expect(Math.abs(score - answers.ranks[place]![row]!)).toBeLessThan(1e-6);
    });
    if (name in ITS_OWN) return;
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const limit = -normalQuantile(LEAST_RANK);
    let compared = 0;
    scores.forEach((score, row) => {
      const theirs = answers.scikitLearn[place]![row]!;
      if (values[row] === least || values[row] === most) {
        expect(Math.abs(theirs)).toBeGreaterThan(5); // of ties at an end it takes the end
        return;
      }
      compared++;
      expect(Math.abs(score - Math.max(-limit, Math.min(theirs, limit)))).toBeLessThan(1e-6);
    });
    expect(compared).toBe(values.filter((value) => value !== least && value !== most).length);
  });
});
