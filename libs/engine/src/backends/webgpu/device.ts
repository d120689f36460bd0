import type { Dawn } from './dawn';

/** Features that are asked for where an adapter has them. */
const FEATURES = ['timestamp-query'] as const;

/** Limits of which as much is asked for as an adapter has. */
const LIMITS = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const;

/** A device of an adapter. */
export interface Device {
  readonly adapter: GPUAdapter;
  readonly device: GPUDevice;
}

/**
 * A device of the adapter that WebGPU prefers, with all that the kernels have a use for.
 *
 * @throws Error where there is none
 */
export async function openDevice({ gpu, events }: Dawn): Promise<Device> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('no graphics driver was found');
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  events.endWith(device);
  return { adapter, device };
}
