import { CLASSES, FEATURES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { buildModel, countParameters, listModels, parseOptions } from '@botlab/models';
import { count, markdownTable, percent } from '@botlab/training';

/** What is typed after `botlab models`. */
export interface Options {
  readonly json?: true;
}

/** Does what `botlab models` was asked for. */
export async function run({ json }: Options): Promise<void> {
  await useEngine('reference');
  const models = listModels().map((definition) => {
    const { name, title, summary, paper } = definition;
    const settings = { features: FEATURES.length, classes: CLASSES.length, seed: 0 };
    const model = buildModel(definition, settings);
    const params = countParameters(model);
    model.dispose();
    return {
      name,
      title,
      summary,
      params,
      options: parseOptions(definition),
      ...(paper ? { paper } : {}),
    };
  });
  if (json) {
    process.stdout.write(`${JSON.stringify(models, null, 2)}\n`);
    return;
  }
  const table = markdownTable(
    ['name', 'weights', "paper's binary accuracy / F1 (%)", "paper's 11-class accuracy / F1 (%)"],
    models.map(({ name, params, paper }) => [
      name,
      count(params),
      ...[paper?.binary, paper?.multiclass].map((score) =>
        score ? `${percent(score.accuracy)} / ${percent(score.f1)}` : '–',
      ),
    ]),
  );
  const details = models.map(
    ({ name, title, summary, options }) =>
      `${name} — ${title}. ${summary}\n  options: ${Object.entries(options)
        .map(([option, value]) => `${option}=${JSON.stringify(value)}`)
        .join(' ')}`,
  );
  process.stdout.write(`${table}\n\n${details.join('\n')}\n`);
}
