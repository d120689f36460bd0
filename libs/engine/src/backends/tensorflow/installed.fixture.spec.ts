import { skipIf } from '../../../../../tools/testing/skip-if';
import { tensorflowAvailability } from '../../engines/tensorflow';

const status = tensorflowAvailability();

/** Why there is neither tfjs-node nor tfjs-node-gpu; undefined where one is installed. */
export const withoutTensorFlow = status.available ? undefined : status.reason;

/** What needs one of them. */
export const whereInstalled = skipIf(withoutTensorFlow).describe;
