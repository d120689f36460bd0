import { createHash } from 'node:crypto';
import type { Profile } from '../profile';
import { DataSpec, Hyperparameters } from '../run-config';
import { canonical } from './canonical';

/** What a name is made from. */
interface Named {
  readonly profile: Profile;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
  readonly resample?: boolean;
  /** What it begins with, and what is not named: a table's are its profile's. */
  readonly usual?: {
    readonly name: string;
    readonly data: DataSpec;
    readonly training: Hyperparameters;
    readonly resample: boolean;
  };
}

/** Names held out that are longer together stand as a hash. */
const MOST_LETTERS = 40;

/**
 * Name of an experiment's folder: the profile, and each choice that is not its default, such as
 * "table1-quick-grouped-epochs5". Choices without a word of their own stand together as a short hash. Where the
 * rows lie is not named: an experiment is of one data set, which its folder remembers.
 */
export function experimentName({
  profile,
  data,
  training,
  resample = false,
  usual,
}: Named): string {
  const { source, seed } = { source: data.source, seed: 1 };
  const plain = usual ?? {
    name: `table1-${profile.name}`,
    data: DataSpec.parse({ source, sample: profile.sample, seed }),
    training: Hyperparameters.parse(profile.training),
    resample: false,
  };
  const isOther = (key: keyof DataSpec) => canonical(data[key]) !== canonical(plain.data[key]);
  const { sample, split, heldOut, leakage, drop, scaler } = data;
  return [
    plain.name,
    ...(isOther('split') ? [split] : []),
    ...(heldOut !== undefined && isOther('heldOut') ? [namesText(heldOut)] : []),
    ...(isOther('leakage') ? [leakage === 'keep' ? 'leaky' : leakage] : []),
    ...(isOther('drop') ? ['without', namesText(drop)] : []),
    ...(isOther('scaler') ? [scaler] : []),
    ...(isOther('sample')
      ? ['rows' in sample ? `rows${sample.rows}` : `fraction${sample.fraction}`]
      : []),
    ...(training.epochs === plain.training.epochs ? [] : [`epochs${training.epochs}`]),
    ...(training.batchSize === plain.training.batchSize ? [] : [`batch${training.batchSize}`]),
    ...(resample && !plain.resample ? ['resample'] : []),
    ...(!resample && isOther('seed') ? [`seed${data.seed}`] : []),
    ...unnamed({ data, training }, plain),
  ].join('-');
}

/** A hash of the choices that have no word of their own, where there are some. */
function unnamed(
  { data, training }: Pick<Named, 'data' | 'training'>,
  plain: Pick<Named, 'data' | 'training'>,
): string[] {
  const of = ({ testFraction, every, columns }: DataSpec, settings: Hyperparameters) => ({
    ...{ testFraction, every, columns },
    ...settings,
    epochs: undefined,
    batchSize: undefined,
  });
  const usual: Record<string, unknown> = of(plain.data, plain.training);
  const others = Object.entries(of(data, training)).filter(
    ([key, value]) => canonical(value) !== canonical(usual[key]),
  );
  return others.length === 0 ? [] : [shortHash(Object.fromEntries(others))];
}

/** Names as a part of a folder's name, whatever is in them. */
export function namesText(names: readonly string[]): string {
  const inOrder = [...names].sort();
  const text = inOrder.join('+');
  return /^[\w+-]+$/.test(text) && text.length <= MOST_LETTERS ? text : shortHash(inOrder);
}

function shortHash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 8);
}
