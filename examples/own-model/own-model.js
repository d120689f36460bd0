import { defineModel } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';

/** Two convolutions side by side, one of a few neighbouring columns and one of many. */
export const ownModel = defineModel({
  name: 'own-model',
  title: 'Own model',
  summary: 'Convolutions of two widths side by side over the columns, then two dense layers.',
  options: z.strictObject({
    filters: z.int().positive().default(16).describe('channels of each convolution'),
    units: z.int().positive().default(64).describe('units of the dense layer'),
  }),
  build({ input, classes, options: { filters, units } }) {
    const convolution = (kernelSize) =>
      tf.layers.conv1d({ filters, kernelSize, padding: 'same', activation: 'relu' }).apply(input);
    let x = tf.layers.concatenate().apply([convolution(3), convolution(9)]);
    x = tf.layers.maxPooling1d({ poolSize: 2, padding: 'same' }).apply(x);
    x = tf.layers.flatten().apply(x);
    x = tf.layers.dense({ units, activation: 'relu' }).apply(x);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(x);
  },
});
