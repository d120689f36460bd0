import { adamUpdate } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { NamedArray } from './safetensors';

// Kingma and Ba 2015, algorithm 1, with its constants (those of PyTorch too).
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * The optimiser Adam (Kingma and Ba 2015).
 *
 * Unlike tf.train.adam its whole state is the two moments and a count of steps, so that a run taken up
 * from a checkpoint goes on to the same bits: tfjs keeps running powers of β and restores them by
 * another formula than it made them with.
 */
export class Adam {
  /** Of each variable the first and the second moment: `[2, …]`. */
  private readonly moments: tf.Variable[];

  /** @param steps how many updates have been made */
  constructor(
    private readonly variables: readonly tf.Variable[],
    public steps = 0,
  ) {
    this.moments = variables.map(({ shape }) =>
      tf.tidy(() => tf.variable(tf.zeros([2, ...shape]), false)),
    );
  }

  /** Moves each variable by one step against its gradient (looked up by the variable's name). */
  update(gradients: tf.NamedTensorMap, learningRate: number): void {
    this.steps += 1;
    const parameters = this.variables.flatMap((variable, i) => {
      const gradient = gradients[variable.name];
      return gradient === undefined ? [] : [{ variable, moments: this.moments[i]!, gradient }];
    });
    adamUpdate(parameters, {
      beta1: BETA1,
      beta2: BETA2,
      epsilon: EPSILON,
      rate: learningRate / (1 - BETA1 ** this.steps),
      correction: 1 / Math.sqrt(1 - BETA2 ** this.steps),
    });
  }

  /** The moments, under names made of `names`: one name a variable, in order. */
  async state(names: readonly string[]): Promise<NamedArray[]> {
    const arrays: NamedArray[] = [];
    for (const [i, name] of names.entries()) {
      const { shape, size } = this.variables[i]!;
      const both = Float32Array.from(await this.moments[i]!.data());
      arrays.push(
        { name: `adam/m/${name}`, shape, values: both.slice(0, size) },
        { name: `adam/v/${name}`, shape, values: both.slice(size) },
      );
    }
    return arrays;
  }

  /** Takes up the moments that {@link state} gave for the same names. */
  restore(names: readonly string[], arrays: ReadonlyMap<string, NamedArray>): void {
    for (const [i, name] of names.entries()) {
      const { size } = this.variables[i]!;
      const both = new Float32Array(2 * size);
      for (const [place, moment] of ['m', 'v'].entries()) {
        const saved = arrays.get(`adam/${moment}/${name}`);
        if (saved === undefined) throw new RangeError(`no moment "${moment}" of ${name}`);
        both.set(saved.values, place * size);
      }
      const moments = this.moments[i]!;
      tf.tidy(() => moments.assign(tf.tensor(both, moments.shape)));
    }
  }

  dispose(): void {
    tf.dispose(this.moments);
  }
}
