import { CLASSES, FEATURES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { buildModel, countParameters, optionNames, parseOptions } from '@botlab/models';
import { count, markdownTable, percent } from '@botlab/text';
import { type Estimator, listEstimators } from '@botlab/training';

/** What is typed after `botlab models`. */
export interface Options {
  readonly json?: true;
}

/** An estimator as it is listed. */
function described(estimator: Estimator) {
  const { name, title, kind, summary, tasks, paper } = estimator;
  const options = parseOptions(estimator);
  const withoutDefault = optionNames(estimator).filter((option) => !(option in options));
  return {
    ...{ name, title, kind, summary, tasks },
    ...(estimator.kind === 'network' ? { params: parametersOf(estimator) } : {}),
    options,
    ...(withoutDefault.length > 0 ? { withoutDefault } : {}),
    ...(paper ? { paper } : {}),
  };
}

/** Weights of a network that tells the eleven classes apart. */
function parametersOf({ definition }: Extract<Estimator, { kind: 'network' }>): number {
  const settings = { features: FEATURES.length, classes: CLASSES.length, seed: 0 };
  const model = buildModel(definition, settings);
  const params = countParameters(model);
  model.dispose();
  return params;
}

/** Does what `botlab models` was asked for. */
export async function run({ json }: Options): Promise<void> {
  await useEngine('reference');
  const models = listEstimators().map(described);
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
