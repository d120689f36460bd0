import { FEATURE_NAMES, type ReadOptions, type Source, Table } from '@botlab/data';
import { DataSpec, Hyperparameters, type RunConfig } from '../run-config';

/** Classes of the synthetic source: benign and two attacks, the last two of them alike. */
const LABELS = [0, 4, 5];
const ROWS = 40;

function value(label: number, row: number, column: number): number {
  const noise = Math.sin(row * 12.9898 + column * 78.233 + (label > 0 ? 1 : 0) * 37.719);
  return (label > 0 ? 3 : -3) * ((column % 7) / 7) + noise;
}

/** A synthetic source in memory: three files of 40 rows, told apart with ease but for the last two. */
export const tinySource: Source = {
  description: 'a synthetic source of the tests',
  synthetic: true,
  files: LABELS.map((label) => ({ name: `${label}.csv`, device: 'camera', label, rows: ROWS })),
  rows: LABELS.length * ROWS,
  read(selection: readonly Uint32Array[], { onProgress }: ReadOptions = {}): Promise<Table> {
    const places = selection.flatMap((rows, file) => Array.from(rows, (row) => ({ file, row })));
    onProgress?.(1, 1);
    return Promise.resolve(
      new Table({
        features: Float64Array.from(
          places.flatMap(({ file, row }) =>
            FEATURE_NAMES.map((_, column) => value(LABELS[file]!, row, column)),
          ),
        ),
        columns: FEATURE_NAMES,
        label: Uint8Array.from(places, ({ file }) => LABELS[file]!),
        device: new Uint8Array(places.length),
        devices: ['camera'],
        file: Uint16Array.from(places, ({ file }) => file),
        files: this.files,
        row: Uint32Array.from(places, ({ row }) => row),
      }),
    );
  },
};

export const tinySpec = DataSpec.parse({
  source: { kind: 'csv', folder: '/nowhere' },
  sample: { fraction: 1 },
  seed: 1,
});

/** A configuration of the dense model on the tiny source. */
export function tinyConfig(change: Partial<RunConfig> = {}): RunConfig {
  return {
    experiment: 'test',
    model: 'dense',
    options: { units: [8] },
    task: 'binary',
    seed: 1,
    training: Hyperparameters.parse({ epochs: 3, batchSize: 16, learningRate: 0.01 }),
    data: tinySpec,
    checksum: 'of the tiny source',
    environment: {
      botlab: '0',
      commit: null,
      node: '0',
      tfjs: '0',
      engine: 'reference',
      platform: 'test',
      cpu: 'test',
    },
    ...change,
  };
}
