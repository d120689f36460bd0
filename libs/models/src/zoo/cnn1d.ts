import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '../define-model';

export const cnn1d = defineModel({
  name: 'cnn1d',
  title: '1D-CNN',
  summary: 'One-dimensional convolutions, each with max pooling (the paper, section 3.1).',
  paper: {
    binary: { accuracy: 0.9862, f1: 0.9824 },
    multiclass: { accuracy: 0.8573, f1: 0.8438 },
  },
  options: z.strictObject({
    filters: z.array(z.int().positive()).min(1).default([32, 64]).describe('channels by layer'),
    kernelSize: z.int().positive().default(3).describe('length of the filters'),
  }),
  build({ input, classes, options: { filters, kernelSize } }) {
    let x: ReturnType<tf.layers.Layer['apply']> = input;
    for (const channels of filters) {
      const conv = { filters: channels, kernelSize, padding: 'same', activation: 'relu' } as const;
      x = tf.layers.conv1d(conv).apply(x);
      x = tf.layers.maxPooling1d({ poolSize: 2, strides: 2, padding: 'same' }).apply(x);
    }
    x = tf.layers.flatten({}).apply(x);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(x) as tf.SymbolicTensor;
  },
});
