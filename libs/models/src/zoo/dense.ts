import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '../define-model';

export const dense = defineModel({
  name: 'dense',
  title: 'Dense',
  summary: 'Fully connected layers with ReLU: the baseline that sees no order in the features.',
  paper: {
    binary: { accuracy: 0.9632, f1: 0.9576 },
    multiclass: { accuracy: 0.8245, f1: 0.7989 },
  },
  options: z.strictObject({
    units: z.array(z.int().positive()).min(1).default([64, 32]).describe('hidden layers'),
  }),
  build({ input, classes, options }) {
    let x = tf.layers.flatten({}).apply(input);
    for (const units of options.units) {
      x = tf.layers.dense({ units, activation: 'relu' }).apply(x);
    }
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(x) as tf.SymbolicTensor;
  },
});
