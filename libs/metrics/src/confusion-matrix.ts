import { InputError } from '@botlab/errors';

/** What a confusion matrix is in a file: `counts[truth][prediction]`, in rows. */
export interface ConfusionMatrixJson {
  classes: string[];
  counts: number[][];
}

/**
 * How often each class was predicted for each true class, accumulated batch by batch.
 *
 * Every score of this room follows from it, so a run need keep no more than this.
 */
export class ConfusionMatrix {
  /** Class names; the label of a class is its place in this list. */
  readonly classes: readonly string[];
  readonly #counts: Float64Array;

  /**
   * @param classes the class names, or how many classes there are (named "0", "1", …)
   * @throws RangeError when there is no class, or the number is no positive integer
   */
  constructor(classes: number | readonly string[]) {
    const width = typeof classes === 'number' ? classes : classes.length;
    if (!Number.isInteger(width) || width < 1) {
      throw new RangeError(
        `Cannot make a confusion matrix: expected at least one class, got ${width}.`,
      );
    }
    this.classes =
      typeof classes === 'number' ? Array.from({ length: width }, (_, c) => `${c}`) : [...classes];
    this.#counts = new Float64Array(width * width);
  }

  /** `[truth][prediction]` in rows; a copy, so that changing it changes nothing here. */
  get counts(): number[][] {
    const width = this.classes.length;
    return this.classes.map((_, c) =>
      Array.from(this.#counts.subarray(c * width, (c + 1) * width)),
    );
  }

  /** How many rows were counted. */
  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Counts one batch, and returns this matrix. A batch that is refused leaves no trace.
   *
   * @param truth `[rows]` labels, integers from 0 up to the number of classes
   * @param prediction `[rows]` labels, likewise
   * @throws RangeError when the lengths differ or a label is out of range
   */
  add(truth: ArrayLike<number>, prediction: ArrayLike<number>): this {
    if (truth.length !== prediction.length) {
      throw new RangeError(
        `Cannot count predictions: expected one for each of ${truth.length} rows, got ${prediction.length}.`,
      );
    }
    this.#check('true label', truth);
    this.#check('prediction', prediction);
    const width = this.classes.length;
    for (let row = 0; row < truth.length; row++) {
      this.#counts[truth[row]! * width + prediction[row]!]! += 1;
    }
    return this;
  }

  /**
   * Adds the counts of another matrix to this one, and returns this one.
   *
   * @throws RangeError when the two have not the same classes in the same order
   */
  merge(other: ConfusionMatrix): this {
    if (JSON.stringify(other.classes) !== JSON.stringify(this.classes)) {
      throw new RangeError(
        `Cannot merge confusion matrices: expected the classes ${this.classes.join(', ')}, got ${other.classes.join(', ')}.`,
      );
    }
    other.#counts.forEach((count, cell) => {
      this.#counts[cell]! += count;
    });
    return this;
  }

  toJSON(): ConfusionMatrixJson {
    return { classes: [...this.classes], counts: this.counts };
  }

  /**
   * The matrix that `toJSON` wrote.
   *
   * @throws InputError when the counts are not whole numbers, one row and one column for each class
   */
  static fromJSON(json: ConfusionMatrixJson): ConfusionMatrix {
    const width = json.classes.length;
    const isWhole = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
    const isSquare =
      width > 0 &&
      json.counts.length === width &&
      json.counts.every((row) => row.length === width && row.every(isWhole));
    if (!isSquare) {
      throw new InputError(
        `Cannot read a confusion matrix: expected ${width} × ${width} whole numbers for the classes ${json.classes.join(', ')}; write it again from the predictions.`,
      );
    }
    const matrix = new ConfusionMatrix(json.classes);
    matrix.#counts.set(json.counts.flat());
    return matrix;
  }

  #check(what: string, labels: ArrayLike<number>): void {
    const width = this.classes.length;
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row]!;
      if (!(Number.isInteger(label) && label >= 0 && label < width)) {
        throw new RangeError(
          `Cannot count predictions: expected each ${what} to be an integer from 0 to ${width - 1}, got ${label} in row ${row}.`,
        );
      }
    }
  }
}
