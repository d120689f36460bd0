import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rows and the class of each. */
export interface TreeExamples {
  /** Row-major, `[rows, features]`. */
  readonly x: Float32Array;
  readonly y: Uint8Array;
}

/** Rows to fit trees on, and to ask them about. */
export interface TreeRows {
  readonly train: TreeExamples;
  readonly test: TreeExamples;
  readonly features: number;
  /** How many classes there are; 0 is benign. */
  readonly classes: number;
}

/** The same in a folder, where another process finds them. */
export interface TreeRowsFolder {
  /** It has train.x and test.x, float32, and train.y and test.y, a byte a row. */
  readonly folder: string;
  readonly features: number;
  readonly classes: number;
}

const file = (folder: string, side: string, array: 'x' | 'y'): string =>
  join(folder, `${side}.${array}`);

/** Has rows in a folder while something is done with them. */
export async function withRowsFolder<T>(
  { train, test, features, classes }: TreeRows,
  work: (rows: TreeRowsFolder) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'botlab-bench-'));
  try {
    for (const [side, { x, y }] of Object.entries({ train, test })) {
      await writeFile(file(folder, side, 'x'), x);
      await writeFile(file(folder, side, 'y'), y);
    }
    return await work({ folder, features, classes });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads what {@link withRowsFolder} wrote. */
export async function readTreeRows({
  folder,
  features,
  classes,
}: TreeRowsFolder): Promise<TreeRows> {
  const side = async (name: string): Promise<TreeExamples> => {
    const x = await readFile(file(folder, name, 'x'));
    const y = await readFile(file(folder, name, 'y'));
    return { x: new Float32Array(x.buffer, x.byteOffset, x.length / 4), y: new Uint8Array(y) };
  };
  return { train: await side('train'), test: await side('test'), features, classes };
}
