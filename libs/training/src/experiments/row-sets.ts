import { CLASSES, type ReadOptions, type Source, type Task } from '@botlab/data';
import { boundsOf, otherLeakage } from '../bounds';
import {
  type PreparedData,
  sampleData,
  type SampledData,
  setAside,
  splitAndScale,
  splitRows,
} from '../prepare-data';
import type { DataSpec, Hyperparameters } from '../run-config';
import { forTask, leftOutOf, present } from '../task-data';
import { canonical } from './canonical';
import type { RowSet } from './experiment-facts';
import { hasPlan, noteRows, readFacts } from './experiment-folder';
import { type PlannedRun, rowSetKey } from './plan-runs';

type Settings = Pick<PlannedRun, 'data' | 'training'>;

/** The rows of a plan's runs, prepared when they are asked for; the last ones are kept. */
export class RowSets {
  private sampled: SampledData | undefined;
  private prepared: { readonly key: string; readonly data: PreparedData } | undefined;

  constructor(
    private readonly source: Source,
    private readonly options: ReadOptions,
  ) {}

  /** Rows as they are sampled. @throws InputError when the source has a fault */
  async sample(spec: DataSpec): Promise<SampledData> {
    if (this.sampled === undefined || drawing(this.sampled.spec) !== drawing(spec)) {
      this.sampled = undefined; // makes room first
      this.prepared = undefined;
      this.sampled = await sampleData(this.source, spec, this.options);
    }
    return { ...this.sampled, spec };
  }

  /** Rows split and scaled. @throws InputError where they cannot be */
  async prepare({ data: spec, training }: Settings): Promise<PreparedData> {
    const key = rowSetKey({ data: spec, training });
    if (this.prepared?.key !== key) {
      const sampled = await this.sample(spec);
      this.prepared = undefined; // makes room first
      this.prepared = { key, data: splitAndScale(sampled, training.validation) };
    }
    return this.prepared.data;
  }

  /** Makes sure that rows can be split, and that a task can be trained on and tested. @throws InputError */
  async require({ data: spec, training }: Settings, tasks: readonly Task[]): Promise<void> {
    const sampled = await this.sample(spec);
    const split = splitRows(sampled, training.validation);
    const side = (rows: Uint32Array) => ({ x: new Float32Array(), rows });
    const unscaled = {
      ...sampled,
      split,
      train: side(split.train),
      ...(training.validation > 0
        ? { validation: { ...side(split.validation), fraction: training.validation } }
        : {}),
      test: side(split.test),
    };
    tasks.forEach((task) => forTask(unscaled, task));
  }
}

/** What decides which rows are sampled. */
function drawing({ sample, seed, columns, leakage, drop }: DataSpec): string {
  return canonical({ sample, seed, columns, leakage, drop: [...drop].sort() });
}

/** What the runs on these rows share, and the bounds that frame their results. */
export function rowSetOf(data: PreparedData): RowSet {
  const { source, spec, sampled, split, checksum } = data;
  const counts = sampled.classCounts();
  const occurring = CLASSES.filter(({ index }) => counts[index]! > 0);
  const other = otherLeakage(spec.leakage);
  const labelsOf = (rows: Uint32Array) => Uint8Array.from(rows, (row) => sampled.label[row]!);
  const isTrained = present(labelsOf(split.train), CLASSES.length);
  const names = CLASSES.map(({ name }) => name);
  const { rows, classes } = leftOutOf(labelsOf(split.test), isTrained, names);
  const validation = data.validation?.fraction ?? 0;
  return {
    key: rowSetKey({ data: spec, training: { validation } }),
    data: {
      source: source.description,
      synthetic: source.synthetic,
      rows: sampled.rows,
      sourceRows: source.rows,
      trainRows: split.train.length,
      testRows: split.test.length,
      files: source.files.length,
      devices: [...sampled.devices],
      classes: occurring.map(({ name }) => name),
      classRows: occurring.map(({ index }) => counts[index]!),
      checksum,
      leftOut: { rows, classes: [...classes] },
      split: spec.split,
      splitDescription: split.description,
      leakage: spec.leakage,
      drop: [...spec.drop],
      scaler: spec.scaler,
      seed: spec.seed,
    },
    bounds: boundsOf(data),
    other: { leakage: other, bounds: boundsOf(data, other) },
  };
}

/**
 * Notes in the folder of an experiment with a plan the rows that a run was trained on by itself, where no other run
 * was: a table needs their bounds. A folder without a plan is left as it is.
 *
 * @throws InputError for other rows than before
 */
export function noteRowsOf(
  folder: string,
  prepared: PreparedData,
  training: Hyperparameters,
): void {
  if (!hasPlan(folder)) return;
  const key = rowSetKey({ data: prepared.spec, training });
  if (readFacts(folder).sets.some((set) => set.key === key)) return;
  noteRows(folder, rowSetOf(setAside(prepared, training.validation)));
}
