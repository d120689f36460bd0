import { tensorflowAvailability } from '../../engines/tensorflow';

const status = tensorflowAvailability();
if (!status.available) {
  process.stderr.write(`Tests of TensorFlow's operations skipped: ${status.reason}.\n`);
}

/** What needs tfjs-node or tfjs-node-gpu. */
export const whereInstalled = status.available ? describe : describe.skip;
