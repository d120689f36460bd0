import type { GPUBackend } from './backend';

/** Runs something as on a device whose shaders have so many bindings, no more than it really has. */
export function withBindings<T>({ device }: GPUBackend, bindings: number, run: () => T): T {
  const { maxComputeWorkgroupsPerDimension } = device.limits;
  const fewer = { maxComputeWorkgroupsPerDimension, maxStorageBuffersPerShaderStage: bindings };
  const own = Object.getOwnPropertyDescriptor(device, 'limits');
  Object.defineProperty(device, 'limits', { value: fewer, configurable: true });
  try {
    return run();
  } finally {
    if (own === undefined) Reflect.deleteProperty(device, 'limits');
    else Object.defineProperty(device, 'limits', own);
  }
}
