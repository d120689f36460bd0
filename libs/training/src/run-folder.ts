import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { parseJSON, readJSON, readText, writeAtomically, writeJSON } from '@botlab/files';
import { refusalOf } from '@botlab/models';
import { z } from 'zod';
import { variantOf } from './experiments/variant';
import { RunConfig } from './run-config';
import { type NewMetrics, RunMetrics } from './run-metrics';

/** A line of `history.jsonl`: one finished epoch (1-based). */
export const EpochRecord = z.strictObject({
  epoch: z.int().positive(),
  learningRate: z.number(),
  /** What training goes down: cross-entropy, plus the losses of the layers' own; validation has the former alone. */
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  seconds: z.number(),
});
export type EpochRecord = z.infer<typeof EpochRecord>;

/**
 * `runs/<experiment>/<task>/<variant>/<seed>/`: config.json, history.jsonl, checkpoint/, scaler.json,
 * metrics.json, predictions.parquet, and last of all DONE. A run without DONE is taken up again; one
 * with it is skipped.
 */
export class RunFolder {
  constructor(readonly path: string) {}

  /** The folder of a run below `out`. */
  static of(out: string, config: RunConfig): RunFolder {
    const { experiment, task, seed } = config;
    return new RunFolder(join(out, experiment, task, variantOf(config), String(seed)));
  }

  /** The state to go on from after an interruption. */
  get lastCheckpoint(): string {
    return join(this.path, 'checkpoint', 'last.safetensors');
  }

  /** What the run ends with: a network's weights, the last or with early stopping the best, or what else was fitted. */
  get weights(): string {
    return join(this.path, 'checkpoint', 'weights.safetensors');
  }

  get predictions(): string {
    return join(this.path, 'predictions.parquet');
  }

  get isDone(): boolean {
    return existsSync(join(this.path, 'DONE'));
  }

  get exists(): boolean {
    return existsSync(join(this.path, 'config.json'));
  }

  readConfig(): RunConfig {
    return this.readJSON('config.json', RunConfig);
  }

  writeConfig(config: RunConfig): void {
    writeJSON(join(this.path, 'config.json'), config);
  }

  /** Notes in the configuration that the run goes on on an engine, where that is not the one it was on. */
  noteEngine(engine: string): void {
    const { environment, ...config } = this.readConfig();
    const later = environment.laterEngines ?? [];
    if ([environment.engine, ...later].at(-1) === engine) return;
    const laterEngines = [...later, engine];
    this.writeConfig({ ...config, environment: { ...environment, laterEngines } });
  }

  readMetrics(): RunMetrics {
    return this.readJSON('metrics.json', RunMetrics);
  }

  writeMetrics(metrics: NewMetrics): void {
    writeJSON(join(this.path, 'metrics.json'), metrics);
  }

  readScaler(): unknown {
    return this.readJSON('scaler.json', z.unknown());
  }

  /** In one line: a scaler may have a thousand numbers for each column. */
  writeScaler(scaler: unknown): void {
    writeAtomically(join(this.path, 'scaler.json'), `${JSON.stringify(scaler)}\n`);
  }

  /** Takes a run up again, finished or not, with a configuration that asks for more. */
  reopen(config: RunConfig): void {
    rmSync(join(this.path, 'DONE'), { force: true }); // first: without it the run is taken up as it was
    this.writeConfig(config);
  }

  /** Marks the run as finished; everything else must be written. */
  finish(): void {
    writeAtomically(join(this.path, 'DONE'), '');
  }

  readHistory(): EpochRecord[] {
    if (!existsSync(join(this.path, 'history.jsonl'))) return [];
    const lines = readText(join(this.path, 'history.jsonl')).split('\n').filter(Boolean);
    return lines.map((line, i) => {
      const record = EpochRecord.safeParse(parseJSON(line));
      if (!record.success) throw this.damaged('history.jsonl', `line ${i + 1} is not an epoch`);
      return record.data;
    });
  }

  writeHistory(history: readonly EpochRecord[]): void {
    const lines = history.map((record) => `${JSON.stringify(record)}\n`);
    writeAtomically(join(this.path, 'history.jsonl'), lines.join(''));
  }

  private readJSON<T>(name: string, schema: z.ZodType<T>): T {
    const json = readJSON(join(this.path, name));
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    if (issue.code === 'unrecognized_keys') {
      throw this.damaged(name, `it has a field "${issue.keys[0]!}" that is not known`);
    }
    const { value, why } = refusalOf(schema, json, issue);
    throw this.damaged(name, `${issue.path.join('.') || 'it'} is ${value}: ${why}`);
  }

  private damaged(name: string, what: string): InputError {
    return new InputError(
      `Cannot read ${join(this.path, name)}: ${what}; delete the folder ${this.path} and train again.`,
    );
  }
}
