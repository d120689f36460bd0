import type { Task } from '@botlab/data';
import type { RunFolder, Table1, Table1Row } from '@botlab/training';

/** A run that is drawn. */
export interface ShownRun {
  readonly folder: RunFolder;
  readonly model: string;
  readonly variant: string;
  readonly task: Task;
  readonly title: string;
}

/** A run's title, with its scaler and its split where those of the table differ: each curve has a name of its own. */
function titleIn({ rows }: Table1, { title, scaler, split, heldOut }: Table1Row): string {
  const has = (of: (row: Table1Row) => unknown) =>
    new Set(rows.map((row) => JSON.stringify(of(row)))).size > 1;
  return [
    title,
    ...(has((row) => row.scaler) ? [scaler] : []),
    ...(has((row) => [row.split, row.heldOut])
      ? [`by ${[split, ...(heldOut ?? [])].join(' ')}`]
      : []),
  ].join(', ');
}

/** The runs of the first seed: a figure with a curve for every seed would be unreadable. */
export function shownRuns(table: Table1, runs: readonly RunFolder[]): ShownRun[] {
  const seen = new Set<string>();
  return runs.flatMap((folder) => {
    const { model, variant = model, task } = folder.readConfig();
    const key = `${task} ${variant}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const row = table.rows.find((one) => one.variant === variant && one.task === task);
    return [{ folder, model, variant, task, title: row ? titleIn(table, row) : variant }];
  });
}
