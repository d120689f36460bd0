import * as tf from '@tensorflow/tfjs';
import { describeEngines, useEngine } from '../../engines/use-engine';
import type { GPUBackend } from './backend';

/**
 * Tests of the engine `webgpu` alone: where it cannot run they pass with a line that says so. With a card's
 * driver, or SwiftShader (Debian: apt-get install chromium-common libvulkan1), they run.
 */
export function itOnWebGPU(name: string, test: (backend: GPUBackend) => unknown): void {
  it(name, async () => {
    const status = (await describeEngines()).find((engine) => engine.name === 'webgpu')!;
    if (!status.available) {
      process.stderr.write(`not run, without the engine webgpu (${status.reason}): ${name}\n`);
      return;
    }
    await useEngine('webgpu');
    await test(tf.backend() as GPUBackend);
  });
}
