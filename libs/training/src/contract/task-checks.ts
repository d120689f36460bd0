import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readParquet, type Task, taskClasses } from '@botlab/data';
import type { Check } from '@botlab/models/contract';
import { attackLogOdds, probabilities } from '../evaluation';
import { forTask } from '../task-data';
import { type FittedRuns, predicted } from './fitted-runs';

/** What an estimator keeps to on each task that it can do. */
export function taskChecks(runs: FittedRuns, task: Task): Check[] {
  const { name, kind } = runs.estimator;
  const checks: Record<string, () => Promise<void>> = {
    'leaves a finished run, with its kind and finite facts': async () => {
      const { folder, metrics } = await runs.of(task);
      assert.ok(folder.isDone);
      assert.equal(metrics.kind, kind);
      assert.equal(folder.readConfig().kind, kind);
      assert.ok(Object.values(metrics.facts).every(Number.isFinite), 'a fact is not finite');
      assert.match(metrics.weights, /^[0-9a-f]{64}$/);
      const expected = [
        ...['DONE', 'checkpoint', 'config.json', 'metrics.json', 'predictions.parquet'],
        ...['scaler.json', ...(kind === 'network' ? ['history.jsonl'] : [])],
      ];
      assert.deepEqual([...readdirSync(folder.path)].sort(), expected.sort());
    },

    'gives each row finite log-probabilities that sum to 1, and answers the likeliest class':
      async () => {
        const { folder } = await runs.of(task);
        const { test, classes } = forTask(await runs.data(), task);
        const said = await predicted(folder.path, test.x);
        assert.equal(said.logits.length, test.y.length * classes.length);
        assert.ok(said.logits.every(Number.isFinite), 'a log-probability is not finite');
        const shares = kind === 'network' ? probabilities(said) : said.logits.map(Math.exp);
        said.labels.forEach((label, row) => {
          const ofRow = [...shares.subarray(row * classes.length, (row + 1) * classes.length)];
          const sum = ofRow.reduce((total, share) => total + share, 0);
          assert.ok(Math.abs(sum - 1) < 5e-6, `the probabilities of row ${row} sum to ${sum}`);
          assert.equal(label, ofRow.indexOf(Math.max(...ofRow)));
        });
      },

    'answers a row as it does without the rows beside it': async () => {
      const { folder } = await runs.of(task);
      const { test, features } = forTask(await runs.data(), task);
      const all = await predicted(folder.path, test.x);
      const alone = await predicted(folder.path, test.x.slice(3 * features, 4 * features));
      const classes = alone.logits.length;
      alone.logits.forEach((logit, c) => {
        const among = all.logits[3 * classes + c]!;
        assert.ok(Math.abs(logit - among) < 5e-5, `${logit} alone, ${among} among others`);
      });
    },

    'says after it was saved and loaded what it said before, to the bit': async () => {
      const { folder } = await runs.of(task);
      const { test } = forTask(await runs.data(), task);
      const before = await readParquet(folder.predictions);
      const after = await predicted(folder.path, test.x);
      assert.deepEqual([...attackLogOdds(after)], [...before['log-odds(attack)']!]);
      const answers = [...after.labels].map((label) => taskClasses(task)[label]);
      assert.deepEqual(answers, before['prediction']);
    },

    'has the same bits with the same seed, on any number of threads': async () => {
      const first = await runs.of(task);
      const again = await runs.start(task, { experiment: `${name}-again` }, 3);
      assert.equal(again.skipped, false);
      assert.equal(again.metrics.weights, first.metrics.weights);
      const bytes = [first, again].map(({ folder }) => readFileSync(folder.weights));
      assert.ok(bytes[0]!.equals(bytes[1]!), 'the files of its weights differ');
    },

    'learns what the majority cannot tell': async () => {
      const { folder, metrics } = await runs.of(task);
      if (kind === 'anomaly') return findsStrangeRows(runs, folder.path);
      const counts = metrics.confusion.map((row) => row.reduce((sum, n) => sum + n, 0));
      const share = Math.max(...counts) / metrics.rows;
      const { accuracy } = metrics;
      if (name === 'majority') assert.ok(accuracy <= share);
      else assert.ok(accuracy > share, `accuracy ${accuracy}, where the majority has ${share}`);
    },
  };
  return Object.entries(checks).map(([title, run]) => ({ title: `${task}: ${title}`, run }));
}

/** What sees no labels: rows unlike those that it was fitted to are taken for attacks sooner. */
async function findsStrangeRows(runs: FittedRuns, path: string): Promise<void> {
  const { x } = forTask(await runs.data(), 'binary').test;
  const oddsOf = async (rows: Float32Array) => attackLogOdds(await predicted(path, rows)).sort();
  const usual = await oddsOf(x);
  const strange = await oddsOf(x.map((value) => 20 * (value + 5)));
  const median = usual[usual.length >> 1]!;
  assert.ok(strange[0]! > median, `${strange[0]} of a strange row, ${median} of a usual one`);
}
