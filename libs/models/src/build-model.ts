import { InputError, unknownName } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { ModelDefinition } from './define-model';
import { refusalOf } from './expectation';
import { withSeed } from './seeded-random';
import { withinMemory } from './weight-memory';

/** What a network is built for. */
export interface BuildSettings {
  /** Length of the input: 115, or fewer when columns are left out. */
  readonly features: number;
  readonly classes: number;
  /** The same seed gives the same initial weights. */
  readonly seed: number;
  /** Options of the model; what is left out takes its default. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * The options of a model, or of what else has a name and options, with defaults filled in.
 *
 * @throws InputError that names the option, what was expected and what came
 */
export function parseOptions(
  model: Pick<ModelDefinition, 'name' | 'options'>,
  options: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const parsed = model.options.safeParse(options);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const [option, names] = [issue.keys[0]!, optionNames(model)];
    if (names.length > 0) throw unknownName(`option of ${model.name}`, option, names);
    throw new InputError(`Cannot set the option "${option}" of ${model.name}: it has no options.`);
  }
  const { value, why } = refusalOf(model.options, options, issue);
  const which = issue.path.length === 0 ? 'options' : `option "${issue.path.join('.')}"`;
  throw new InputError(`Cannot set the ${which} of ${model.name} to ${value}: ${why}.`);
}

/** The names of the options of a model, or of what else has options: those that may be left out without a default too. */
export function optionNames({ options }: Pick<ModelDefinition, 'options'>): string[] {
  return options instanceof z.ZodObject ? Object.keys(options.shape) : [];
}

/**
 * A network from `[batch, features, 1]` to logits `[batch, classes]`, with seeded initial weights.
 *
 * @throws InputError when an option is not valid, or its weights would not fit into memory
 * @throws RangeError when the definition's output is not `[batch, classes]`
 */
export function buildModel(
  model: ModelDefinition,
  { features, classes, seed, options }: BuildSettings,
): tf.LayersModel {
  const parsed = parseOptions(model, options);
  const build = (): tf.LayersModel => {
    const input = tf.input({ shape: [features, 1], name: 'features' });
    const logits = model.build({ input, classes, options: parsed });
    if (logits.shape.length !== 2 || logits.shape[1] !== classes) {
      const got = logits.shape.map((size) => size ?? 'batch').join(', ');
      throw new RangeError(
        `Cannot build ${model.name}: expected logits [batch, ${classes}], got [${got}].`,
      );
    }
    return tf.model({ inputs: input, outputs: logits, name: model.name });
  };
  try {
    return withinMemory(model.name, () => withSeed(seed, build));
  } catch (error) {
    if (!isTooDeep(error)) throw error;
    throw new InputError(
      `Cannot build ${model.name} with these options: it would have more layers than one can walk through; give it fewer.`,
    );
  }
}

/** Number of weights that training changes. */
export function countParameters(model: tf.LayersModel): number {
  return model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((size, n) => size * (n ?? 1), 1),
    0,
  );
}

/** tfjs walks through a network from layer to layer, by a call in a call. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}
