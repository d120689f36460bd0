import { MOST_ROWS } from '../rows';
import { unitsFor } from './units';

it.each([1, 2, 3, 8000, 2 ** 17 - 1, 2 ** 17, 353_130, MOST_ROWS])(
  'sums of %d rows are exact: below 2^53, with room for the rows',
  (rows) => {
    const { gradient, hessian, perRow } = unitsFor(rows);
    expect(perRow).toBeGreaterThan(rows);
    expect(rows / gradient).toBeLessThan(2 ** 53);
    const most = Math.max(1, Math.floor(0.5 / hessian + 0.5)); // a hessian is up to a half
    expect(rows * (most * perRow + 1)).toBeLessThan(2 ** 53);
    for (const unit of [gradient, hessian, perRow])
      expect(Number.isInteger(Math.log2(unit))).toBe(true);
  },
);
