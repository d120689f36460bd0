import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DataSpec, Hyperparameters, type RunConfig } from '../run-config';
import { canonical } from './canonical';

/** What all runs of an experiment share; what they differ in is the model, the task and the seed. */
export const Plan = z.strictObject({
  /** See {@link identityOf}. */
  identity: z.string(),
  data: DataSpec,
  /** SHA-256 of the sampled rows. */
  checksum: z.string(),
  training: Hyperparameters,
});
export type Plan = z.infer<typeof Plan>;

/** What {@link identityOf} is of: a run's configuration, or a plan. */
export type Shared = Pick<RunConfig, 'data' | 'checksum' | 'training'>;

/** A plan with its identity. */
export function planOf({ data, checksum, training }: Shared): Plan {
  return { identity: identityOf({ data, checksum, training }), data, checksum, training };
}

/**
 * SHA-256 (hex) of what decides the result of a run beside its model, task and seed: the rows by their
 * checksum, how they are sampled, split and scaled, and how is trained. Where the rows lie does not count.
 */
export function identityOf(shared: Shared): string {
  return createHash('sha256')
    .update(canonical(choicesOf(shared)))
    .digest('hex');
}

/** The choices that make up an identity, by name. */
export function choicesOf({ data, checksum, training }: Shared): Record<string, unknown> {
  const { heldOut, drop, seed: dataSeed, ...rest } = data;
  return {
    ...rest,
    source: undefined, // wherever the rows lie, they are known by their checksum
    ...(heldOut === undefined ? {} : { heldOut: [...heldOut].sort() }),
    drop: [...drop].sort(),
    dataSeed,
    ...training,
    checksum,
  };
}

/**
 * Where two choices differ, in words: "epochs 3, not 4". A checksum is named only where nothing that draws
 * the rows differs; undefined where they are the same.
 */
export function difference(
  before: Record<string, unknown>,
  now: Record<string, unknown>,
): string | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const differing = names.filter((name) => canonical(before[name]) !== canonical(now[name]));
  const told = differing.length > 1 ? differing.filter((name) => name !== 'checksum') : differing;
  if (told.length === 0) return undefined;
  if (told[0] === 'checksum') return `other rows (their checksum differs)`;
  return told.map((name) => `${name} ${text(before[name])}, not ${text(now[name])}`).join(' and ');
}

function text(value: unknown): string {
  return value === undefined ? 'left out' : JSON.stringify(value);
}
