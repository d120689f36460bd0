/** What a shader does with a buffer that it is bound to, and of what the buffer is an array. */
export interface Binding {
  readonly access: 'read' | 'read_write';
  readonly type: 'f32' | 'i32' | 'u32' | 'vec4<f32>';
}

/** A binding in short: `read`, or `write` (reads included), of float32 unless another type is named. */
export type BindingText = 'read' | 'write' | `${'read' | 'write'} ${Binding['type']}`;

/** A compute shader. */
export interface ShaderSource {
  /** What profiles and error messages call it. */
  readonly label: string;
  /** The buffers by their names in the code, in the order in which a call names its operands. */
  readonly bindings: Readonly<Record<string, BindingText>>;
  /** Numbers of a call: `u32`, or `f32` where said, in the code `uniforms.NAME`. */
  readonly uniforms?: Readonly<Record<string, 'u32' | 'i32' | 'f32'>>;
  /** Whole numbers (u32) that the compiler may count on, in the code under their own names. */
  readonly constants?: Readonly<Record<string, number>>;
  /** WGSL with the entry point `main`, without the declarations that the above stand for. */
  readonly code: string;
}

/** A compute shader as WGSL, with the declarations of its bindings, uniforms and constants. */
export class Shader {
  readonly label: string;
  readonly bindings: readonly Binding[];
  /** The types of its uniforms, in their order. */
  readonly uniforms: readonly ('u32' | 'i32' | 'f32')[];
  readonly code: string;

  constructor({ label, bindings, uniforms = {}, constants = {}, code }: ShaderSource) {
    this.label = label;
    this.bindings = Object.values(bindings).map(bindingOf);
    this.uniforms = Object.values(uniforms);
    const lines = Object.keys(bindings).map((name, i) => {
      const { access, type } = this.bindings[i]!;
      return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`;
    });
    if (this.uniforms.length > 0) {
      const fields = Object.entries(uniforms).map(([name, type]) => `${name}: ${type}`);
      lines.push(
        `struct Uniforms { ${fields.join(', ')} }`,
        `@group(0) @binding(${this.bindings.length}) var<uniform> uniforms: Uniforms;`,
      );
    }
    for (const [name, value] of Object.entries(constants)) lines.push(`const ${name} = ${value}u;`);
    this.code = `${lines.join('\n')}\n${code}`;
  }
}

function bindingOf(text: BindingText): Binding {
  const [access, type = 'f32'] = text.split(' ') as [string, Binding['type']?];
  return { access: access === 'read' ? 'read' : 'read_write', type };
}

/** A shader for each of the arguments, plain data, that it is asked for; made once. */
export function shaders<Args extends readonly unknown[]>(
  make: (...args: Args) => ShaderSource,
): (...args: Args) => Shader {
  const made = new Map<string, Shader>();
  return (...args) => {
    const key = JSON.stringify(args);
    let shader = made.get(key);
    if (shader === undefined) made.set(key, (shader = new Shader(make(...args))));
    return shader;
  };
}
