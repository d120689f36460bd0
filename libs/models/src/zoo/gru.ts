import { FusedGRU } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '../define-model';

export const gru = defineModel({
  name: 'gru',
  title: 'GRU',
  summary: 'A gated recurrent unit (Cho et al. 2014) that reads the features one by one.',
  paper: {
    binary: { accuracy: 0.9857, f1: 0.9834 },
    multiclass: { accuracy: 0.8556, f1: 0.8494 },
  },
  options: z.strictObject({
    units: z.int().positive().default(32).describe('size of the hidden state'),
  }),
  build({ input, classes, options }) {
    const last = new FusedGRU({ units: options.units, name: 'gru' }).apply(input);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(last) as tf.SymbolicTensor;
  },
});
