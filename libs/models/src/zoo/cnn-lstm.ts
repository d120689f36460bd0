import { FusedLSTM } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { defineModel } from '../define-model';
import { forgetBiasOption } from '../forget-bias-option';

export const cnnLSTM = defineModel({
  name: 'cnn-lstm',
  title: 'CNN-LSTM',
  summary:
    'A convolution whose pooled output an LSTM reads in sequence (Alkahtani and Aldhyani 2021).',
  paper: {
    binary: { accuracy: 0.9891, f1: 0.9871 },
    multiclass: { accuracy: 0.8698, f1: 0.8723 },
  },
  options: z.strictObject({
    filters: z.int().positive().default(32).describe('channels of the convolution'),
    units: z.int().positive().default(32).describe('size of the hidden state'),
    kernelSize: z.int().positive().default(3).describe('length of the filters'),
    forgetBias: forgetBiasOption,
  }),
  build({ input, classes, options: { filters, units, kernelSize, forgetBias } }) {
    const conv = { filters, kernelSize, padding: 'same', activation: 'relu' } as const;
    let x = tf.layers.conv1d(conv).apply(input);
    x = tf.layers.maxPooling1d({ poolSize: 2, strides: 2, padding: 'same' }).apply(x);
    x = new FusedLSTM({ units, forgetBias: forgetBias ?? 1, name: 'lstm' }).apply(x);
    return tf.layers.dense({ units: classes, name: 'logits' }).apply(x) as tf.SymbolicTensor;
  },
});
