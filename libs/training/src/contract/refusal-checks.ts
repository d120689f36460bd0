import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TASKS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { parseOptions } from '@botlab/models';
import type { Check } from '@botlab/models/contract';
import { Predictor } from '../predictor';
import { writeTensorFile } from '../safetensors';
import { forTask } from '../task-data';
import type { FittedRuns } from './fitted-runs';

/** What an estimator refuses, and what it must not look at. */
export function refusalChecks(runs: FittedRuns): Check[] {
  const { estimator, out } = runs;
  const { name, tasks } = estimator;
  const checks: Record<string, () => Promise<void>> = {
    'refuses the tasks that it cannot do, before anything is written': async () => {
      assert.ok(tasks.length > 0, 'it can do no task');
      for (const task of TASKS.filter((one) => !tasks.includes(one))) {
        const begins = `Cannot train ${name} on the ${task} task: it can do the ${tasks.join()} task alone`;
        await assert.rejects(runs.start(task, { experiment: 'refused' }), (error: Error) =>
          error.message.startsWith(begins),
        );
        assert.equal(existsSync(join(out, 'refused')), false);
      }
    },

    'looks at rows set aside where it says so alone': async () => {
      if (estimator.kind === 'network' || estimator.watches) return;
      const data = await runs.data();
      const { train: rows, test, classes, features } = forTask(data, tasks[0]!);
      const options = parseOptions(estimator);
      const context = { options, seed: 1, classes: classes.length, features };
      // With wrong labels, so that what watches them ends at once.
      const watched = { ...test, y: test.y.map((label) => (label + 1) % classes.length) };
      const file = join(out, `${name}.safetensors`);
      const without = await (await estimator.fit(rows, context)).save(file);
      const watching = await estimator.fit(rows, { ...context, watched, patience: 1 });
      assert.equal(await watching.save(file), without);
    },

    'names a file that is damaged, or of another estimator': async () => {
      const { folder } = await runs.of(tasks[0]!);
      const copy = mkdtempSync(join(out, 'damaged-'));
      const weights = join(copy, 'checkpoint', 'weights.safetensors');
      const other = {
        arrays: [{ name: 'else', shape: [1], values: Float32Array.of(1) }],
        metadata: { model: 'else' },
      };
      const damages: Record<string, () => void> = {
        cut: () => writeFileSync(weights, readFileSync(weights).subarray(0, -3)),
        flipped: () => writeFileSync(weights, withFlippedBit(readFileSync(weights))),
        'of another estimator': () => writeTensorFile(weights, other),
        gone: () => rmSync(weights),
      };
      for (const [damage, make] of Object.entries(damages)) {
        cpSync(folder.path, copy, { recursive: true });
        make();
        const error = await Predictor.open(copy).then(
          () => assert.fail(`a file that is ${damage} is taken`),
          (reason: unknown) => reason,
        );
        assert.ok(
          error instanceof InputError,
          `${damage}: expected an InputError, got ${String(error)}`,
        );
        assert.ok(error.message.includes(weights), `${damage}: "${error.message}" names no file`);
      }
    },
  };
  return Object.entries(checks).map(([title, run]) => ({ title, run }));
}

function withFlippedBit(bytes: Buffer): Buffer {
  bytes[bytes.length - 2]! ^= 1;
  return bytes;
}
