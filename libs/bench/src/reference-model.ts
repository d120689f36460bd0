/** The paper's model, in the configuration that all timings are of. */
export const REFERENCE = 'res-1dcnn-lstm';
