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
}

/** The scaling that is not named. */
const USUAL_SCALER = DataSpec.shape.scaler.parse(undefined);

/** The seed that is not named. */
const SEED = 1;

/** Names held out that are longer together stand as a hash. */
const MOST_LETTERS = 40;

/**
 * Name of an experiment's folder: the profile, and each choice that is not its default, such as
 * "table1-quick-grouped-epochs5". Choices without a word of their own stand together as a short hash. Where the
 * rows lie is not named: an experiment is of one data set, which its folder remembers.
 */
export function experimentName({ profile, data, training, resample }: Named): string {
  const { sample, split, heldOut, leakage, drop, scaler, seed, testFraction } = data;
  const { epochs, batchSize, ...otherTraining } = training;
  const usual = Hyperparameters.parse(profile.training);
  const rest = { testFraction, ...otherTraining };
  const usualRest: Record<string, unknown> = { testFraction: 0.2, ...usual };
  const unnamed = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => canonical(value) !== canonical(usualRest[key])),
  );
  return [
    'table1',
    profile.name,
    ...(split === 'row' ? [] : [split]),
    ...(heldOut === undefined ? [] : [namesText(heldOut)]),
    ...(leakage === 'drop' ? [] : ['leaky']),
    ...(drop.length === 0 ? [] : ['without', namesText(drop)]),
    ...(scaler === USUAL_SCALER ? [] : [scaler]),
    ...(canonical(sample) === canonical(profile.sample)
      ? []
      : ['rows' in sample ? `rows${sample.rows}` : `fraction${sample.fraction}`]),
    ...(epochs === usual.epochs ? [] : [`epochs${epochs}`]),
    ...(batchSize === usual.batchSize ? [] : [`batch${batchSize}`]),
    ...(resample ? ['resample'] : seed === SEED ? [] : [`seed${seed}`]),
    ...(Object.keys(unnamed).length === 0 ? [] : [shortHash(unnamed)]),
  ].join('-');
}

/** Names as a part of a folder's name, whatever is in them. */
function namesText(names: readonly string[]): string {
  const inOrder = [...names].sort();
  const text = inOrder.join('+');
  return /^[\w+-]+$/.test(text) && text.length <= MOST_LETTERS ? text : shortHash(inOrder);
}

function shortHash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 8);
}
