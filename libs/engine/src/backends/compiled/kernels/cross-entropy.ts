import { checkLabels } from '../../labels';
import type { CompiledKernel } from '../call';

/** Inputs `logits` `[rows, classes]`, `labels` `[rows]`; outputs the mean loss, how many are right, the softmax. */
const crossEntropy: CompiledKernel = {
  kernelName: 'CrossEntropy',
  run(call) {
    const { backend, host } = call;
    const [rows, classes] = call.shape('logits') as [number, number];
    checkLabels(backend.stored(call.info('labels')), classes);
    const labels = call.integers('labels');
    const loss = backend.make([]);
    const correct = backend.make([]);
    const softmax = backend.make([rows, classes]);
    const results = host.allocate(2 * rows);
    const operands = [call.values('logits'), labels, classes, backend.values(softmax), results];
    host.run('crossEntropyForward', rows, Math.max(256, Math.ceil(8192 / classes)), operands);
    const totals = [results, rows, backend.values(loss), backend.values(correct)];
    host.run('crossEntropyTotals', 1, 1, totals);
    host.release(results);
    return [loss, correct, softmax];
  },
};

/** Inputs `softmax`, `labels` and `dLoss`; output dLogits. */
const crossEntropyGrad: CompiledKernel = {
  kernelName: 'CrossEntropyGrad',
  run(call) {
    const { backend, host } = call;
    const [rows, classes] = call.shape('softmax') as [number, number];
    const dLogits = backend.make([rows, classes]);
    const labels = call.integers('labels');
    host.run('crossEntropyBackward', rows, Math.max(256, Math.ceil(65536 / classes)), [
      ...[call.values('softmax'), labels, call.values('dLoss')],
      ...[rows, classes, backend.values(dLogits)],
    ]);
    return dLogits;
  },
};

export const crossEntropyKernels = [crossEntropy, crossEntropyGrad];
