import type { Shader } from './shader';

/** A shader that is ready to run. */
export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** The shaders of a device, each compiled when it is first asked for. */
export class Pipelines {
  private readonly compiled = new Map<Shader, Pipeline>();

  constructor(private readonly device: GPUDevice) {}

  of(shader: Shader): Pipeline {
    let pipeline = this.compiled.get(shader);
    if (pipeline === undefined) this.compiled.set(shader, (pipeline = this.compile(shader)));
    return pipeline;
  }

  private compile({ label, bindings, uniforms, code }: Shader): Pipeline {
    const visibility = GPUShaderStage.COMPUTE;
    const entries: GPUBindGroupLayoutEntry[] = bindings.map(({ access }, binding) => {
      const type = access === 'read' ? 'read-only-storage' : 'storage';
      return { binding, visibility, buffer: { type } };
    });
    if (uniforms.length > 0) {
      entries.push({ binding: entries.length, visibility, buffer: { type: 'uniform' } });
    }
    const layout = this.device.createBindGroupLayout({ label, entries });
    const pipeline = this.device.createComputePipeline({
      label,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: this.device.createShaderModule({ label, code }) },
    });
    return { pipeline, layout };
  }
}
