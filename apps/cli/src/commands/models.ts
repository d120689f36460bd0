import { CLASSES, FEATURES } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { buildModel, countParameters, listModels, parseOptions } from '@botlab/models';
import { count, markdownTable, percent } from '@botlab/training';
import type { Command } from 'commander';
import { jsonOption } from '../options';

async function run({ json }: { json?: true }): Promise<void> {
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

/** `botlab models`: the registry. */
export function addModelsCommand(root: Command): void {
  root
    .command('models')
    .description('list the models with their options, weights and the paper’s figures')
    .addOption(jsonOption())
    .action(run);
}
