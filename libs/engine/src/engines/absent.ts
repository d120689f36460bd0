import type { Availability, Engine, EngineName } from '../engine';

/** An engine whose name is reserved by the design and whose kernels are not in this version. */
function absent(name: EngineName, title: string): Engine {
  return {
    name,
    title,
    backend: name,
    probe: (): Promise<Availability> =>
      Promise.resolve({
        available: false,
        reason: 'this version of BotLab does not contain it',
        remedy: 'use --engine reference, which runs anywhere',
      }),
  };
}

export const webgpu = absent('webgpu', 'WGSL kernels on any GPU');
