import { createHash } from 'node:crypto';
import { parseOptions } from '@botlab/models';
import { getEstimator } from '../estimators/registry';
import type { RunConfig } from '../run-config';
import { canonical } from './canonical';
import { findEstimator } from './estimator-order';
import type { Variant } from './variant-schema';

/** A name longer than this has a hash in place of its options. */
const MOST_LETTERS = 60;

/** What a folder's name takes on each system; anything else is hashed. */
const PLAIN = /^[\w=.,+-]+$/;

/**
 * The options that are not the defaults of their model.
 *
 * @throws InputError for an unknown model, or an option that it does not take
 */
export function changedOptions(
  model: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const definition = getEstimator(model);
  const usual = parseOptions(definition);
  const changed = Object.entries(parseOptions(definition, options)).filter(
    ([name, value]) => canonical(value) !== canonical(usual[name]),
  );
  return Object.fromEntries(changed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Options as text: "shortcut=false, width=32". */
export function optionsText(options: Readonly<Record<string, unknown>>, separator = ', '): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(separator);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Name of a model with options, as the folder of its runs has it: "res-1dcnn-lstm", and with what is not the
 * default "res-1dcnn-lstm-shortcut=false"; long ones, and values that no folder could be named by, are hashed.
 *
 * @throws InputError for an unknown model, or an option that it does not take
 */
export function variantId(model: string, options: Readonly<Record<string, unknown>> = {}): string {
  const changed = changedOptions(model, options);
  if (Object.keys(changed).length === 0) return model;
  const id = `${model}-${optionsText(changed, '-')}`;
  if (PLAIN.test(id) && id.length <= MOST_LETTERS && !id.endsWith('.')) return id;
  return `${model}-${createHash('sha256').update(canonical(changed)).digest('hex').slice(0, 8)}`;
}

/** The variant that a run is of: what it was declared as, else its model with the options that it has. */
export function variantOf({ variant, model, options }: RunConfig): string {
  return variant ?? variantId(model, options);
}

/** Choices as a title has room for them: a list of columns by its length. */
export function inTitle(choices: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { columns, ...rest } = choices;
  return { ...rest, ...(Array.isArray(columns) ? { columns: `${columns.length} named` } : {}) };
}

/** What a table calls a run: its variant's title, else its model's with what is not the model's or the plan's own. */
export function variantTitle(
  { model, options }: Pick<RunConfig, 'model' | 'options'>,
  declared: Variant | undefined,
): string {
  if (declared?.title !== undefined) return declared.title;
  const estimator = findEstimator(model);
  if (estimator === undefined) return model;
  const changes = Object.entries(inTitle({ ...declared?.training, ...declared?.data }));
  const changed = {
    ...changedOptions(model, options),
    // Scalers and splits have a place of their own in a table.
    ...Object.fromEntries(changes.filter(([name]) => name !== 'scaler' && name !== 'split')),
  };
  return Object.keys(changed).length === 0
    ? estimator.title
    : `${estimator.title} (${optionsText(changed)})`;
}

/** A variant with more options of its model, which its id and its title then tell. @throws InputError */
export function withOptions(variant: Variant, more: Readonly<Record<string, unknown>>): Variant {
  const options = { ...variant.options, ...more };
  const before = variantId(variant.model, variant.options);
  const now = variantId(variant.model, options);
  if (before === now) return { ...variant, options };
  const { id, title } = variant;
  return {
    ...variant,
    options,
    id: id.startsWith(before) ? `${now}${id.slice(before.length)}` : `${id}-${now}`,
    ...(title === undefined ? {} : { title: `${title} (${optionsText(more)})` }),
  };
}
