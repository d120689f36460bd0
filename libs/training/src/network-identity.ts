import { readFileSync } from 'node:fs';
import * as engine from '@botlab/engine';
import { checksum } from '@botlab/files';
import * as models from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { weightsOf } from './checkpoint';

/**
 * What a network is, in words that another has only where it computes the same to the bit: its graph, what each layer
 * is made with, its weights. Undefined where that does not say it all, as with a layer that somebody wrote, whose
 * program may do anything.
 */
export async function identityOfNetwork(model: tf.LayersModel): Promise<string | undefined> {
  if (!isKnown(model, new Set())) return undefined;
  const weights = await weightsOf(model);
  const shapes = weights.map(({ name, shape }) => [name, shape]);
  return JSON.stringify([graphOf(model), shapes, checksum(weights)]);
}

/** The graph as tf.layers writes it, with the layers numbered within it: their names count through the process. */
function graphOf(model: tf.LayersModel): unknown {
  const places = new Map(model.layers.map(({ name }, place) => [name, `layer ${place}`]));
  const written = model.toJSON(undefined, false) as object;
  return JSON.parse(JSON.stringify(written), (_, value: unknown) =>
    typeof value === 'string' ? (places.get(value) ?? value) : value,
  );
}

/** Whether all that a network, a layer or a part of one consists of is of classes whose program does not change. */
function isKnown(part: tf.serialization.Serializable, seen: Set<unknown>): boolean {
  if (seen.has(part)) return true;
  seen.add(part);
  if (!isKnownClass(part.constructor)) return false;
  const prototype = Object.getPrototypeOf(part) as object;
  return Object.entries(part).every(([name, value]: [string, unknown]) => {
    // A method that was put in the place of the class's own, or what is to be called beside it.
    if (typeof value === 'function') return !(name in prototype) && !name.startsWith('_');
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    return members.every(
      (member) => !(member instanceof tf.serialization.Serializable) || isKnown(member, seen),
    );
  });
}

const known = new Map<unknown, boolean>();
let program: string | undefined;

/** Whether a class is one of tf.layers or of the rooms' own. */
function isKnownClass(type: unknown): boolean {
  const before = known.get(type);
  if (before !== undefined) return before;
  // It is a dependency of tfjs, which need not lie beside this room's own.
  const paths = [require.resolve('@tensorflow/tfjs')];
  program ??= readFileSync(require.resolve('@tensorflow/tfjs-layers', { paths }), 'utf8');
  const own: readonly unknown[] = [...Object.values(engine), ...Object.values(models)];
  // tf.layers exports no classes; as functions of their program they have its text, which no `class` has.
  const isKnown = own.includes(type) || program.includes(String(type));
  known.set(type, isKnown);
  return isKnown;
}
