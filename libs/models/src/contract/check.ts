/** A property that every model keeps to, as a test: a title, and what throws where it is not kept. */
export interface Check {
  /** What is true of a model that passes, such as "repeats its training to the bit". */
  readonly title: string;
  /** Rejects with an AssertionError that says what was expected and what came. */
  run(this: void): Promise<void>;
}
