const found = process.env['BOTLAB_WEBGPU'];
if (found === undefined)
  throw new Error('jest.config.js lacks the globalSetup tools/testing/probe-webgpu.ts');
const { adapter, reason } = JSON.parse(found) as {
  adapter?: { readonly isSoftware: boolean };
  reason?: string;
};

/** Why the engine `webgpu` cannot run here; undefined where it can. */
export const withoutWebGPU: string | undefined =
  adapter === undefined ? `without the engine webgpu: ${reason}` : undefined;

/** Whether a processor plays the graphics card, or there is none: it computes slowly, and compiles more slowly. */
export const isSlowWebGPU: boolean = adapter?.isSoftware ?? true;
