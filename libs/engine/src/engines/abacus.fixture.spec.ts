import * as tf from '@tensorflow/tfjs';
import { registerRecurrentKernels } from '../backends/reference/recurrent-kernels';
import type { Availability, Engine } from './engine';

const backend = 'abacus';
const AVAILABLE = { available: true, detail: 'ten rods' } as const;

/** What the abacus was asked for. */
export const asked: string[] = [];

/** An engine as someone would add it: tfjs's own kernels under another name, with all that an engine may say. */
export const abacus: Engine = {
  name: 'abacus',
  title: 'wooden beads',
  backend,
  runsOn: 'card',
  asynchronous: true,
  probe(): Promise<Availability> {
    if (tf.findBackendFactory(backend) === null) {
      tf.registerBackend(backend, tf.findBackendFactory('cpu'), 0);
      tf.copyRegisteredKernels('cpu', backend);
      registerRecurrentKernels(backend);
    }
    return Promise.resolve(AVAILABLE);
  },
  restart(): Promise<Availability> {
    asked.push('restart');
    return Promise.resolve(AVAILABLE);
  },
  setThreads: (threads) => asked.push(`${threads} threads`),
  cardSearch: { fingerprint: () => 'beads', findsCard: () => Promise.resolve(true) },
  largestTensor: () => 42,
  dispatches: () => 7,
  timeDispatches: (work) => work().then(() => [{ name: 'a shader', calls: 1, ms: 2 }]),
};
