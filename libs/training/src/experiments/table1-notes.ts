import { CLASSES, type Task } from '@botlab/data';
import { count, counted, percent } from '@botlab/text';
import { learningRateText } from '../learning-rate-text';
import type { LeftOut } from '../task-data';
import type { Table1, Table1Set } from './read-table1';
import { tasksIn, variantsOf } from './table1-half';

/** Section 4.3. */
const PAPER_EPOCHS = 30;

/** What is said of rows that are not scored. */
export function leftOutText({ rows, classes }: LeftOut): string {
  return (
    `${count(rows)} of the rows to score are left out: no training row is of their class ` +
    `(${classes.join(', ')}), which no model can then name.`
  );
}

/** What the table's numbers are about, sentence by sentence. */
export function table1Notes(table: Table1): string[] {
  const { data, rows } = table;
  const hasPaper = rows.some(({ paper }) => paper !== undefined);
  return [
    ...(data.synthetic
      ? [
          'SYNTHETIC DATA: these rows were simulated, not recorded; ours are no measurement on N-BaIoT.',
        ]
      : []),
    `Data (${data.synthetic ? 'synthetic' : 'real'}): ${data.source}; ${count(data.rows)} of ` +
      `${count(data.sourceRows)} rows from ${data.files} files of ${data.devices.length} devices; ` +
      `classes present: ${data.classes.join(', ')}.`,
    ...rowsNotes(table),
    trainingNote(table),
    ...seedsNote(table),
    ...leftOutNotes(table),
    'Ceiling: the best that any classifier can reach on these test rows, since identical rows with ' +
      'different labels get one answer.',
    otherLeakageNote(table),
    ...marksNote(table),
    ...transferNotes(table),
    ...(hasPaper ? paperNotes(data) : []),
  ];
}

/** Which test rows the multiclass task leaves out, for each split that leaves out some. */
function leftOutNotes({ rows, sets }: Table1): string[] {
  const ofClasses = new Set(
    rows.flatMap(({ task, set }) => (task === 'multiclass' ? [sets[set]!.data] : [])),
  );
  const splits = new Set(sets.map(({ data }) => data.split));
  const notes = [...ofClasses]
    .filter(({ leftOut }) => leftOut.rows > 0)
    .map(({ leftOut, split }) => {
      const by = splits.size > 1 ? `, by ${split}` : '';
      return `Multiclass${by}: ${leftOutText(leftOut)}`;
    });
  return [...new Set(notes)];
}

/** How rows were split and scaled: a sentence for each way. */
function rowsNotes({ sets, resample }: Table1): string[] {
  const ways = new Map<string, Table1Set['data'][]>();
  for (const { data } of sets) {
    const key = JSON.stringify([data.split, data.splitDescription, data.leakage, data.drop]);
    ways.set(key, [...(ways.get(key) ?? []), data]);
  }
  const all = [...ways.values()];
  // Where each seed draws its rows, sentences would differ in nothing but the last digits.
  const told = resample
    ? all.filter(([way], i) => all.findIndex(([other]) => other!.split === way!.split) === i)
    : all;
  return told.map((way) => {
    const { trainRows, testRows, splitDescription, leakage, drop } = way[0]!;
    const scalers = [...new Set(way.map(({ scaler }) => scaler))];
    return (
      `Trained on ${count(trainRows)} rows, tested on ${count(testRows)}: ${splitDescription}; ` +
      `leakage: ${leakage};${drop.length > 0 ? ` left out: ${drop.join(', ')};` : ''} ` +
      `scaler${scalers.length > 1 ? 's' : ''}: ${scalers.join(', ')}.`
    );
  });
}

function trainingNote({ profile, engine, rows, training }: Table1): string {
  const seeds = [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);
  const epochs = Math.max(0, ...rows.map((row) => row.epochs ?? 0));
  const rate = ` at ${learningRateText(training)}`;
  return (
    `Profile ${profile}, engine${engine.includes(',') ? 's' : ''} ${engine}, ` +
    `seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')}.` +
    (epochs > 0
      ? ` Networks trained for ${counted(epochs, 'epoch')}${rate}` +
        `${epochs < PAPER_EPOCHS ? `, where the paper has ${PAPER_EPOCHS} epochs` : ''}.`
      : '')
  );
}

/** How many seeds each variant has, where not all have as many. */
function numbersOfSeeds(rows: Table1['rows']): string[] {
  const titles = new Map<number, Set<string>>();
  for (const { variant, runs } of variantsOf(rows)) {
    const seeds = new Set(runs.map(({ seed }) => seed)).size;
    const { title } = rows.find((row) => row.variant === variant)!;
    titles.set(seeds, (titles.get(seeds) ?? new Set()).add(title));
  }
  if (titles.size < 2) return [];
  const [most, ...fewer] = [...titles].sort(([a], [b]) => b - a);
  const texts = fewer.map(([seeds, names]) => `${seeds} for ${[...names].join(', ')}`);
  return [`Seeds: ${[...texts.reverse(), `${most![0]} for the others`].join('; ')}.`];
}

/** What ± is of. */
function seedsNote({ rows, resample }: Table1): string[] {
  if (new Set(rows.map(({ seed }) => seed)).size < 2) return [];
  return [
    ...numbersOfSeeds(rows),
    resample
      ? '± is the standard deviation over seeds, each of which drew its rows, their split, the initial weights and the order of rows.'
      : '± is the standard deviation over seeds, which draw initial weights and the order of rows alone: all are of the same rows, and what other rows would change is not in it (--resample).',
  ];
}

function otherLeakageNote(table: Table1): string {
  const { ceiling, stump, other } = table;
  const both = (of: (task: Task) => string): string => tasksIn(table).map(of).join(' and ');
  return (
    `With --leakage ${other.leakage} the ceiling would be ` +
    `${both((task) => `${percent(other.bounds.ceiling[task].accuracy)} % (${task})`)} accuracy instead of ` +
    `${both((task) => `${percent(ceiling[task].accuracy)} %`)}, and one threshold on one feature would tell ` +
    `attack from benign in ${percent(other.bounds.stump.accuracy)} % (${other.bounds.stump.feature}) ` +
    `instead of ${percent(stump.accuracy)} % (${stump.feature}) of the test rows.`
  );
}

/** What the marks mean, where there are some. */
function marksNote({ comparisons = [] }: Table1): string[] {
  const tests = new Set(comparisons.flatMap(({ others }) => others.map(({ test }) => test)));
  const texts = [
    ...(tests.has('mcnemar') ? ["McNemar's exact test where they share one seed"] : []),
    ...(tests.has('min-f') ? ["Clark's min F′ over rows and seeds where they share several"] : []),
    ...(tests.has('resampled')
      ? ["Nadeau and Bengio's corrected t-test over seeds that drew their rows"]
      : []),
  ];
  if (texts.length === 0) return [];
  return [
    `≈ marks an accuracy that these test rows do not tell from the best of its table at 5 %: ${texts.join(', ')}, ` +
      'on the same test rows, with Holm’s correction for all pairs of the table.' +
      (tests.has('mcnemar') ? ' With one seed, what another seed would change is not in it.' : ''),
  ];
}

function transferNotes({ rows }: Table1): string[] {
  const all = rows.flatMap(({ transfer = {} }) => Object.entries(transfer));
  return [...new Map(all)].map(
    ([name, { source, synthetic, rows: scored }]) =>
      `${name}: scores on ${count(scored)} rows of ${source} (${synthetic ? 'synthetic' : 'real'}), ` +
      'which no model was trained on; balanced accuracy is the mean recall of the classes that occur there, false alarms the share of benign rows taken for an attack.',
  );
}

function paperNotes({ classes }: Table1Set['data']): string[] {
  return [
    'The paper does not say how its F1 is averaged, and no average fits: at an accuracy of 98.57 % it prints 98.34 %, where a macro mean allows 95.45 % at most and a weighted one 98.50 to 98.62 % (notebook 06). It stands beside the weighted mean, which comes nearest; the macro mean has no partner.',
    'The paper took 5 % of the whole data set, 353,130 rows of 11 classes; it says neither how they are split nor how they are scaled, and leaves more open (docs/deviations.md).' +
      (classes.length < CLASSES.length
        ? ` Here ${classes.length} of the 11 classes are present: compare ours with the ceiling, not with the paper's.`
        : ''),
  ];
}
