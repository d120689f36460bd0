/** Activations of the compiled products, by tfjs's names; in the order of `Activation` in tile.h. */
export const ACTIVATIONS = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu'] as const;

export type ActivationName = (typeof ACTIVATIONS)[number];

/** An activation as kernels take it; −1 if they have none of that name. */
export function activationCode(name: unknown): number {
  return name === undefined || name === null ? 0 : ACTIVATIONS.indexOf(name as ActivationName);
}
