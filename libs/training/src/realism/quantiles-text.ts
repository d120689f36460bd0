import type { Source } from '@botlab/data';
import { count, markdownTable, threeDigits } from '@botlab/text';
import type { GroupRealism } from './quantile-realism';

/** How many features of a group are shown, the worst first. */
const WORST = 8;

function worstFeatures({ name, parts, features }: GroupRealism): string {
  const which = parts.map((part) => `${part * 100} %`).join(', ');
  return markdownTable(
    [`${name}: the worst`, 'distance', `genuine ${which}`, `simulated ${which}`],
    features
      .slice(0, WORST)
      .map((one) => [
        one.name,
        one.distance.toFixed(2),
        one.real.map(threeDigits).join(', '),
        one.simulated.map(threeDigits).join(', '),
      ]),
  );
}

/** How near simulated rows are to quantiles published of all genuine ones, for a terminal. */
export function quantilesText(
  groups: readonly GroupRealism[],
  simulated: Source,
  folder: string,
): string {
  return [
    `SYNTHETIC rows of ${simulated.description} against quantiles published of all genuine rows, ${folder}`,
    '',
    'Mean difference of the quantiles of each feature after log scaling, in doublings (0: the same, 1: a factor of 2).',
    'A family mixes its attacks and devices as their files have rows; of a device the benign rows are compared.',
    '',
    markdownTable(
      ['genuine rows of', 'simulated rows', 'features', 'median distance', 'features above 1'],
      groups.map(({ name, simulatedRows, features, median }) => [
        name,
        count(simulatedRows),
        String(features.length),
        median.toFixed(3),
        String(features.filter(({ distance }) => distance > 1).length),
      ]),
    ),
    ...groups.flatMap((group) => ['', worstFeatures(group)]),
  ].join('\n');
}
