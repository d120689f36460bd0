import { skipIf } from '../../../../../tools/testing/skip-if';
import { tensorflowAvailability } from '../../engines/tensorflow';

const status = tensorflowAvailability();

/** What needs tfjs-node or tfjs-node-gpu. */
export const whereInstalled = skipIf(status.available ? undefined : status.reason).describe;
