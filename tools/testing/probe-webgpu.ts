import { searchAdapter } from '../../libs/engine/src/backends/webgpu/adapter-search';

/** Jest's globalSetup where the engine `webgpu` is tested: looks once for what it can run on; `webgpu.ts` says it. */
export default async function probeWebGPU(): Promise<void> {
  process.env['BOTLAB_WEBGPU'] = JSON.stringify(await searchAdapter());
}
