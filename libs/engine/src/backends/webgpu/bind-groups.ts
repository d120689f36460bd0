/** Bind groups that are kept: several steps of a model's training, whose buffers come round again. */
const MOST = 4096;

/**
 * The operands of dispatches, bound. A step of training has the buffers of a step before, as those that were
 * given back are used again: so a group is kept for each list of buffers, those made last of all.
 */
export class BindGroups {
  private readonly kept = new Map<string, GPUBindGroup>();
  private readonly numbers = new WeakMap<GPUBuffer | GPUBindGroupLayout, number>();
  private last = 0;

  constructor(private readonly device: GPUDevice) {}

  of(layout: GPUBindGroupLayout, buffers: readonly GPUBuffer[]): GPUBindGroup {
    let key = `${this.numberOf(layout)}`;
    for (const buffer of buffers) key += ` ${this.numberOf(buffer)}`;
    let group = this.kept.get(key);
    if (group !== undefined) return group;
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    group = this.device.createBindGroup({ layout, entries });
    this.kept.set(key, group);
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value!);
    return group;
  }

  private numberOf(part: GPUBuffer | GPUBindGroupLayout): number {
    let number = this.numbers.get(part);
    if (number === undefined) this.numbers.set(part, (number = ++this.last));
    return number;
  }
}
