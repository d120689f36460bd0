import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskData } from '@botlab/training';
import { python } from '../../tools/testing/python';

/** A fit that is asked for, in the words of libs/bench/python/tree_models.py. */
export interface Fit {
  readonly model: string;
  readonly settings: object;
  readonly seed: number;
}

/** What a model says of the test rows. */
export interface Answers {
  readonly labels?: number[];
  readonly scores?: number[];
}

/** What the models of another library say of the test rows, fitted to the training rows; on one thread. */
export function referenceAnswers(
  library: 'lightgbm' | 'scikit-learn',
  { train, test, features, classes }: TaskData,
  fits: readonly Fit[],
): Answers[] {
  const folder = mkdtempSync(join(tmpdir(), 'botlab-test-'));
  try {
    for (const [side, { x, y }] of Object.entries({ train, test })) {
      writeFileSync(join(folder, `${side}.x`), x);
      writeFileSync(join(folder, `${side}.y`), y);
    }
    const questions = [
      { work: 'rows', folder, features, classes: classes.length },
      ...fits.flatMap((fit) => [{ work: 'fit', ...fit }, { work: 'answers' }]),
    ];
    const script = join(__dirname, '..', '..', 'libs', 'bench', 'python', 'tree_models.py');
    const { status, stdout, stderr } = spawnSync(python, [script, '1', library], {
      input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 2 ** 29,
    });
    if (status !== 0) throw new Error(`tree_models.py failed: ${stderr}`);
    const lines = stdout.trimEnd().split('\n');
    // The greeting, the rows' numbers, and of each fit its time and its answers.
    return fits.map((_, i) => JSON.parse(lines[3 + 2 * i]!) as Answers);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
