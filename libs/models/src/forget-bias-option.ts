import { z } from 'zod';

/**
 * What the bias of an LSTM's forget gate starts at, as an option of a model that has one. It has no default, so that
 * the configuration of a run names it only where it was asked for.
 */
export const forgetBiasOption = z
  .number()
  .optional()
  .describe('what the bias of the forget gate starts at; 1 where left out');
