import type * as tf from '@tensorflow/tfjs';

type Loss = () => tf.Scalar;

/** What this file reads of a tfjs layer: its losses, and the layers within it. */
interface Parts {
  readonly losses?: readonly Loss[];
  /** Of a model. */
  readonly layers?: readonly Parts[];
  /** Of a wrapper. */
  readonly layer?: Parts;
  readonly forwardLayer?: Parts;
  readonly backwardLayer?: Parts;
  /** Of a recurrent layer, and of cells one above the other. */
  readonly cell?: Parts;
  readonly cells?: readonly Parts[];
}

/**
 * The losses that a model's layers have of their own, such as weight regularisers: what training adds to its
 * loss. Each is there once, however often its layer is used, and also where tfjs loses it (`calculateLosses`
 * leaves out those of recurrent cells and of one direction of two). Empty where there are none.
 */
export function layerLosses(model: tf.LayersModel): tf.Scalar[] {
  const losses = new Set<Loss>();
  collect(model, losses);
  return [...losses].map((loss) => loss());
}

function collect(part: Parts, losses: Set<Loss>): void {
  const { layer, forwardLayer, backwardLayer, cell, layers = [], cells = [] } = part;
  for (const loss of part.losses ?? []) losses.add(loss);
  for (const inner of [layer, forwardLayer, backwardLayer, cell, ...layers, ...cells]) {
    if (inner) collect(inner, losses);
  }
}
