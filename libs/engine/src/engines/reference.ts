import * as tf from '@tensorflow/tfjs';
import { ReferenceBackend } from '../backends/reference/backend';
import type { Availability, Engine } from './engine';
import { registerRecurrentKernels } from '../backends/reference/recurrent-kernels';
import { registerReferenceKernels } from '../backends/reference/register';

/** Plain TypeScript on tfjs's `cpu` kernels: runs anywhere, and what every other engine is tested against. */
export const reference: Engine = {
  name: 'reference',
  title: 'plain TypeScript, one core',
  backend: 'reference',
  runsOn: 'processor',
  probe(): Promise<Availability> {
    if (tf.findBackendFactory('reference') === null) {
      tf.registerBackend('reference', () => new ReferenceBackend(), 0);
      tf.copyRegisteredKernels('cpu', 'reference');
      registerReferenceKernels('reference');
      registerRecurrentKernels('reference');
    }
    return Promise.resolve({ available: true, detail: `Node ${process.versions.node}` });
  },
};
