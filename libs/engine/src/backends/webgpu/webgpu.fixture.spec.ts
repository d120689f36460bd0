import * as tf from '@tensorflow/tfjs';
import { skipIf } from '../../../../../tools/testing/skip-if';
import { withoutWebGPU } from '../../../../../tools/testing/webgpu';
import { useEngine } from '../../engines/use-engine';
import type { GPUBackend } from './backend';

/**
 * Tests of the engine `webgpu` alone: skipped where it cannot run. With a card's driver, or SwiftShader
 * (Debian: apt-get install chromium-common libvulkan1), they run.
 */
export function itOnWebGPU(name: string, test: (backend: GPUBackend) => unknown): void {
  skipIf(withoutWebGPU).it(name, async () => {
    await useEngine('webgpu');
    await test(tf.backend() as GPUBackend);
  });
}
