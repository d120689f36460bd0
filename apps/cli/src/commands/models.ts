import { useEngine } from '@botlab/engine';
import { count, markdownTable, percent } from '@botlab/text';
import { describeEstimators } from '@botlab/training';

/** What is typed after `botlab models`. */
export interface Options {
  readonly json?: true;
}

/** Does what `botlab models` was asked for. */
export async function run({ json }: Options): Promise<void> {
  await useEngine('reference');
  const models = describeEstimators();
  if (json) {
    process.stdout.write(`${JSON.stringify(models, null, 2)}\n`);
    return;
  }
  const table = markdownTable(
    [
      'name',
      'kind',
      'tasks',
      'weights',
      "paper's binary accuracy / F1 (%)",
      "paper's 11-class accuracy / F1 (%)",
    ],
    models.map(({ name, kind, tasks, params, paper }) => [
      name,
      kind,
      tasks.join(', '),
      params === undefined ? '–' : count(params),
      ...[paper?.binary, paper?.multiclass].map((score) =>
        score ? `${percent(score.accuracy)} / ${percent(score.f1)}` : '–',
      ),
    ]),
  );
  const details = models.map(
    ({ name, title, summary, options, withoutDefault }) =>
      `${name} — ${title}. ${summary}\n  options: ${optionsText(options, withoutDefault)}`,
  );
  process.stdout.write(`${table}\n\n${details.join('\n')}\n`);
}

function optionsText(
  options: Readonly<Record<string, unknown>>,
  withoutDefault: readonly string[] = [],
): string {
  const texts = [
    ...Object.entries(options).map(([option, value]) => `${option}=${JSON.stringify(value)}`),
    ...withoutDefault,
  ];
  return texts.length > 0 ? texts.join(' ') : 'none';
}
