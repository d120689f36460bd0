import { createHash } from 'node:crypto';
import { TASKS } from '@botlab/data';
import { z } from 'zod';
import { DataSpec, Hyperparameters, type RunConfig, SourceSpec } from '../run-config';
import { canonical } from './canonical';
import { Variant } from './variant-schema';

/** Other rows to score finished runs on: a column for shift. */
export const Transfer = z.strictObject({
  /** What stands in the table, and in the name of the file in each run folder. */
  name: z.string(),
  source: SourceSpec,
});
export type Transfer = z.infer<typeof Transfer>;

/** What an experiment is: variants × tasks × seeds over what all of them share. */
export const Plan = z.strictObject({
  /** See {@link identityOf}. */
  identity: z.string(),
  title: z.string().optional(),
  variants: z.array(Variant).default([]),
  tasks: z.array(z.enum(TASKS)).default([]),
  /** Seeds of initial weights and shuffling; with `resample` of the rows too. */
  seeds: z.array(z.int()).default([]),
  /** Whether a run's seed also draws its sample and its split, in place of `data.seed`. */
  resample: z.boolean().default(false),
  data: DataSpec,
  /** SHA-256 of the rows that `data` samples. */
  checksum: z.string(),
  training: Hyperparameters,
  transfer: z.array(Transfer).default([]),
});
export type Plan = z.infer<typeof Plan>;

/** What {@link identityOf} is of: a run's configuration, or a plan. */
export type Shared = Pick<RunConfig, 'data' | 'checksum' | 'training'> & {
  readonly resample?: boolean;
};

/**
 * SHA-256 (hex) of what decides the results of runs beside their variants, tasks and seeds: the rows by their
 * checksum, how they are sampled, split and scaled, and how is trained. Where the rows lie does not count.
 */
export function identityOf(shared: Shared): string {
  return createHash('sha256')
    .update(canonical(choicesOf(shared)))
    .digest('hex');
}

/** The choices that make up an identity, by name. */
export function choicesOf({ data, checksum, training, resample }: Shared): Record<string, unknown> {
  const { heldOut, drop, seed: dataSeed, ...rest } = data;
  return {
    ...rest,
    source: undefined, // wherever the rows lie, they are known by their checksum
    ...(heldOut === undefined ? {} : { heldOut: [...heldOut].sort() }),
    drop: [...drop].sort(),
    dataSeed,
    ...(resample ? { resample } : {}),
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
