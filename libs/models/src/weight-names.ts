import type * as tf from '@tensorflow/tfjs';

/**
 * The name of each weight of a model, in the order of `model.weights`: "block1_1/conv/kernel".
 *
 * tf.layers numbers the layers that were given no name, and names in use, through the whole process;
 * here they are numbered within the model, so that it has the same names however often it is built.
 */
export function weightNames(model: tf.LayersModel): string[] {
  const names = new Map<tf.LayerVariable, string>();
  const unnamed = new Map<string, number>();
  for (const layer of model.layers) {
    const kind = layer.getClassName();
    let name = layer.name;
    if (new RegExp(`_${kind}\\d+$`).test(name)) {
      const ordinal = (unnamed.get(kind) ?? 0) + 1;
      unnamed.set(kind, ordinal);
      name = `${kind}_${ordinal}`;
    }
    for (const weight of layer.weights) {
      names.set(weight, `${name}/${weight.originalName.split('/').at(-1)!}`);
    }
  }
  return model.weights.map((weight) => names.get(weight) ?? weight.originalName);
}
