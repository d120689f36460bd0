import {
  type ColumnStatistics,
  columnStatistics,
  identity,
  type Mapping,
} from './column-statistics';
import { type ScalerDefinition, zeroOf } from './scaler-definition';

/** What (x - offset) / scale needs. */
export interface AffineParameters {
  /** What is subtracted from each column: its mean or its minimum. */
  readonly offset: readonly number[];
  /** What each column is then divided by: its deviation or its width; 0 where it is constant. */
  readonly scale: readonly number[];
}

type OfColumn = (statistics: ColumnStatistics, column: number) => number;

/** A kind of scaler that maps each value, subtracts, and divides. */
export function defineAffine(
  offset: OfColumn,
  scale: OfColumn,
  map: Mapping = identity,
): ScalerDefinition<AffineParameters> {
  return {
    fit(values) {
      const statistics = columnStatistics(values, map);
      const { constant, least } = statistics;
      return {
        offset: constant.map((is, i) => (is ? (least[i] ?? 0) : offset(statistics, i))),
        scale: constant.map((is, i) => (is ? 0 : scale(statistics, i))),
      };
    },
    read({ offset, scale }, { length: width }) {
      if (!areNumbers(offset, width, -Infinity)) {
        return `its offset is not a list of ${width} numbers`;
      }
      if (!areNumbers(scale, width, 0)) {
        return `its scale is not a list of ${width} numbers of 0 or more`;
      }
      return { offset, scale };
    },
    endless: ({ offset, scale }) =>
      offset.findIndex((value, i) => !Number.isFinite(value) || !Number.isFinite(scale[i])),
    spread: ({ scale }, column) => scale[column] ?? 0,
    scaling(parameters) {
      const offset = Float64Array.from(parameters.offset);
      const scale = Float64Array.from(parameters.scale);
      return ({ features, width, rows }, scaled) => {
        let to = 0;
        for (const row of rows) {
          for (let column = 0, from = row * width; column < width; column++, from++, to++) {
            const value = features[from] ?? 0;
            const divisor = scale[column] ?? 0;
            scaled[to] =
              divisor === 0 ? zeroOf(value) : (map(value) - (offset[column] ?? 0)) / divisor;
          }
        }
      };
    },
  };
}

function areNumbers(list: unknown, length: number, least: number): list is number[] {
  return (
    Array.isArray(list) &&
    list.length === length &&
    list.every((item) => Number.isFinite(item) && Number(item) >= least)
  );
}
