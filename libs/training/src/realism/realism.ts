import { CLASSES, type ReadOptions, sample, type Source, type Table } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { quantile, quantileDistance } from '@botlab/metrics';

/** How one feature of simulated rows compares with the genuine ones. */
export interface FeatureRealism {
  readonly name: string;
  /** See `quantileDistance`: mean difference of quantiles, in doublings. */
  readonly distance: number;
  /** The 5 %, 50 % and 95 % quantiles. */
  readonly real: readonly number[];
  readonly simulated: readonly number[];
}

/** How one class of simulated rows compares with the genuine ones. */
export interface ClassRealism {
  /** Class index, see `CLASSES`. */
  readonly label: number;
  readonly realRows: number;
  readonly simulatedRows: number;
  /** The median of the features' distances. */
  readonly median: number;
  /** All 115, the worst first. */
  readonly features: readonly FeatureRealism[];
}

export interface RealismOptions {
  /** How many rows of a source are compared at most. */
  readonly rows?: number;
  /** Seed of the choice of these rows. */
  readonly seed?: number;
  readonly read?: ReadOptions;
}

/** Rows that are compared where nothing else is asked for. */
export const REALISM_ROWS = 20_000;

/**
 * How near simulated rows are to genuine ones: for each class of the genuine source, how far apart
 * the distributions of each feature are. Of the simulated source those files are compared that the
 * genuine one has too: the same device, the same class. A genuine file with fewer rows than the simulated one is taken
 * for the beginning of one, and compared with as many first rows: streams are young there.
 *
 * @throws InputError where no file of the genuine source has a simulated counterpart
 */
export async function measureRealism(
  real: Source,
  simulated: Source,
  { rows = REALISM_ROWS, seed = 1, read = {} }: RealismOptions = {},
): Promise<ClassRealism[]> {
  const keyOf = ({ device, label }: { device: string; label: number }) => `${device} ${label}`;
  const shared = (from: Source, other: Source) =>
    from.files.map((file) => other.files.some((twin) => keyOf(twin) === keyOf(file)));
  const chosen = async (from: Source, other: Source, begins: boolean): Promise<Table> => {
    const has = shared(from, other);
    const counts = from.files.map((file, i) => {
      if (!has[i]) return 0;
      const twin = other.files.find((one) => keyOf(one) === keyOf(file))!;
      return begins ? Math.min(file.rows, twin.rows) : file.rows;
    });
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) {
      throw new InputError(
        `Cannot compare ${real.description} with simulated rows: none of its devices and attacks is simulated; ` +
          'expected folders named as in N-BaIoT, such as Danmini_Doorbell.',
      );
    }
    return from.read(sample(counts, { rows: Math.min(rows, all) }, seed), read);
  };
  const genuine = await chosen(real, simulated, false);
  const made = await chosen(simulated, real, true);
  return CLASSES.flatMap(({ index }) => {
    const [ours, theirs] = [rowsOf(made, index), rowsOf(genuine, index)];
    if (ours.length === 0 || theirs.length === 0) return [];
    const features = genuine.columns.map((name, column) =>
      compare(name, column, genuine, theirs, made, ours),
    );
    const counts = { realRows: theirs.length, simulatedRows: ours.length };
    return [{ label: index, ...counts, ...worstFirst(features) }];
  });
}

/** Features with the greatest distance first, and the median of all distances. */
export function worstFirst(
  compared: readonly FeatureRealism[],
): Pick<ClassRealism, 'median' | 'features'> {
  const features = [...compared].sort((a, b) => b.distance - a.distance);
  const distances = Float64Array.from(features, ({ distance }) => distance).sort();
  return { median: quantile(distances, 0.5), features };
}

function rowsOf(table: Table, label: number): Uint32Array {
  const rows: number[] = [];
  table.label.forEach((value, row) => {
    if (value === label) rows.push(row);
  });
  return Uint32Array.from(rows);
}

function compare(
  name: string,
  column: number,
  genuine: Table,
  theirs: Uint32Array,
  made: Table,
  ours: Uint32Array,
): FeatureRealism {
  const valuesOf = (table: Table, rows: Uint32Array): Float64Array =>
    Float64Array.from(rows, (row) => table.features[row * table.columns.length + column]!).sort();
  const [a, b] = [valuesOf(genuine, theirs), valuesOf(made, ours)];
  const quartiles = (values: Float64Array) =>
    [0.05, 0.5, 0.95].map((part) => quantile(values, part));
  return { name, distance: quantileDistance(a, b), real: quartiles(a), simulated: quartiles(b) };
}
