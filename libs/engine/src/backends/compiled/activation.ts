/** Activations of the compiled products, by tfjs's names; in the order of `Activation` in activation.h. */
const ACTIVATIONS: readonly unknown[] = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu'];

/** An activation as kernels take it; −1 if they have none of that name. */
export function activationCode(name: unknown): number {
  return name === undefined || name === null ? 0 : ACTIVATIONS.indexOf(name);
}
