import type * as tf from '@tensorflow/tfjs';
import type { z } from 'zod';

/** Accuracy and F1 of one task as an article printed them, as fractions. */
export interface PaperScore {
  readonly accuracy: number;
  readonly f1: number;
}

/** A model's row of the paper's Table 1. */
export interface PaperScores {
  readonly binary: PaperScore;
  readonly multiclass: PaperScore;
}

/** What `build` gets. */
export interface BuildContext<Options> {
  /** The input `[batch, features, 1]`. */
  readonly input: tf.SymbolicTensor;
  readonly classes: number;
  /** Validated, with defaults filled in. */
  readonly options: Options;
}

/** A network that can be set beside the others: one file that calls {@link defineModel}. */
export interface ModelDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Name on the command line and in run folders: lower case, digits and dashes. */
  readonly name: string;
  /** Name in tables and figures. */
  readonly title: string;
  /** One sentence: what the network is, with its source. */
  readonly summary: string;
  /** The paper's Table 1, for the models that are in it. */
  readonly paper?: PaperScores;
  /** A zod object whose fields all have defaults or may be left out; their descriptions are the options' help. */
  readonly options: Schema;
  /** The logits `[batch, classes]` over the input: softmax is part of the loss and of prediction. */
  build(context: BuildContext<z.output<Schema>>): tf.SymbolicTensor;
}

const definitions = new Map<string, ModelDefinition>();

/**
 * Registers a model and returns its definition: from then on the command line lists it, Table 1 can
 * run it and the contract tests cover it. Defining a name again replaces it, as a notebook's cell
 * that is run twice does.
 *
 * @throws RangeError when the name is not lower-case letters, digits and dashes
 */
export function defineModel<Schema extends z.ZodType>(
  definition: ModelDefinition<Schema>,
): ModelDefinition<Schema> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(definition.name)) {
    throw new RangeError(
      `Cannot define the model "${definition.name}": expected a name of lower-case letters, digits and dashes.`,
    );
  }
  definitions.set(definition.name, definition);
  return definition;
}

/** Every definition so far, in the order of definition. */
export function definedModels(): readonly ModelDefinition[] {
  return [...definitions.values()];
}

/** Notes what is defined; what it returns makes it so again, as when a plugin is refused. */
export function noteModels(): () => void {
  const before = [...definitions];
  return () => {
    definitions.clear();
    for (const [name, definition] of before) definitions.set(name, definition);
  };
}
