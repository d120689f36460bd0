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
  private readonly first: tf.Variable[];
  private readonly second: tf.Variable[];

  /** @param steps how many updates have been made */
  constructor(
    private readonly variables: readonly tf.Variable[],
    public steps = 0,
  ) {
    const zeros = ({ shape }: tf.Variable) => tf.tidy(() => tf.variable(tf.zeros(shape), false));
    this.first = variables.map(zeros);
    this.second = variables.map(zeros);
  }

  /** Moves each variable by one step against its gradient (looked up by the variable's name). */
  update(gradients: tf.NamedTensorMap, learningRate: number): void {
    this.steps += 1;
    const update = {
      beta1: BETA1,
      beta2: BETA2,
      epsilon: EPSILON,
      rate: learningRate / (1 - BETA1 ** this.steps),
      correction: 1 / Math.sqrt(1 - BETA2 ** this.steps),
    };
    this.variables.forEach((variable, i) => {
      const gradient = gradients[variable.name];
      if (gradient === undefined) return;
      adamUpdate(variable, this.first[i]!, this.second[i]!, gradient, update);
    });
  }

  /** The moments, under names made of `names`: one name a variable, in order. */
  async state(names: readonly string[]): Promise<NamedArray[]> {
    const arrays: NamedArray[] = [];
    for (const [i, name] of names.entries()) {
      for (const [moment, variables] of [
        ['m', this.first],
        ['v', this.second],
      ] as const) {
        const variable = variables[i]!;
        const values = Float32Array.from(await variable.data());
        arrays.push({ name: `adam/${moment}/${name}`, shape: variable.shape, values });
      }
    }
    return arrays;
  }

  /** Takes up the moments that {@link state} gave for the same names. */
  restore(names: readonly string[], arrays: ReadonlyMap<string, NamedArray>): void {
    for (const [i, name] of names.entries()) {
      for (const [moment, variables] of [
        ['m', this.first],
        ['v', this.second],
      ] as const) {
        const saved = arrays.get(`adam/${moment}/${name}`);
        if (saved === undefined) throw new RangeError(`no moment "${moment}" of ${name}`);
        const variable = variables[i]!;
        tf.tidy(() => variable.assign(tf.tensor(saved.values, variable.shape)));
      }
    }
  }

  dispose(): void {
    tf.dispose([this.first, this.second]);
  }
}
