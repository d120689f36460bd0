import { CLASSES, type Source } from '@botlab/data';
import { count, markdownTable, percent, threeDigits } from '@botlab/text';
import { getEstimator } from '../estimators/registry';
import type { ClassRealism } from './realism';
import type { SimToReal } from './sim-to-real';

/** How many features of a class are shown, the worst first. */
const WORST = 10;
/** Features nearer than this need no mention. */
const NEAR = 0.01;

/** The features of a class that differ most, with their quantiles. */
function worstFeatures({ label, features }: ClassRealism): string {
  const { name: title } = CLASSES[label]!;
  const worst = features.filter(({ distance }) => distance >= NEAR).slice(0, WORST);
  if (worst.length === 0) return `${title}: no feature differs by ${NEAR} or more.`;
  return markdownTable(
    [`${title}: the worst`, 'distance', 'genuine 5 %, 50 %, 95 %', 'simulated 5 %, 50 %, 95 %'],
    worst.map(({ name, distance, real, simulated }) => [
      name,
      distance.toFixed(2),
      real.map(threeDigits).join(', '),
      simulated.map(threeDigits).join(', '),
    ]),
  );
}

/** A balanced accuracy is one of benign rows and attacks; of rows of one kind there is none. */
function verdict(
  { macroRecall, accuracy }: SimToReal['evaluation'],
  detections: SimToReal['detections'],
): string {
  const kinds = new Set(detections.map(({ label }) => label > 0)).size;
  return kinds < 2
    ? `accuracy ${percent(accuracy)} %, of ${detections[0]!.label > 0 ? 'attacks' : 'benign rows'} alone`
    : `balanced accuracy ${percent(macroRecall)} %, accuracy ${percent(accuracy)} %`;
}

/** How near simulated rows are to genuine ones, for a terminal. */
export function realismText(
  classes: readonly ClassRealism[],
  { run, evaluation, detections }: SimToReal,
  simulated: Source,
  real: Source,
): string {
  const trained = run.config.data.sample;
  const rows =
    'rows' in trained ? `${count(trained.rows)}` : `${percent(trained.fraction)} % of all`;
  return [
    `SYNTHETIC rows of ${simulated.description} against genuine rows of ${real.description}`,
    '',
    'Distance of the distributions of each feature, the same device and class: mean difference of',
    'quantiles after log scaling, in doublings (0: the same, 1: a factor of 2 throughout).',
    '',
    markdownTable(
      ['class', 'genuine rows', 'simulated rows', 'median of 115', 'features above 1'],
      classes.map(({ label, realRows, simulatedRows, median, features }) => [
        CLASSES[label]!.name,
        count(realRows),
        count(simulatedRows),
        median.toFixed(3),
        String(features.filter(({ distance }) => distance > 1).length),
      ]),
    ),
    ...classes.flatMap((one) => ['', worstFeatures(one)]),
    '',
    `From simulated to genuine: ${getEstimator(run.config.model).title}, trained on ${rows} simulated rows alone`,
    `(leakage: ${run.config.data.leakage}), tells benign from attack on ${count(evaluation.rows)} genuine rows:`,
    `${verdict(evaluation, detections)}.`,
    '',
    markdownTable(
      ['class', 'genuine rows', 'taken for an attack, %'],
      detections.map((found) => [
        CLASSES[found.label]!.name,
        count(found.rows),
        percent(found.flagged / found.rows),
      ]),
    ),
  ].join('\n');
}
