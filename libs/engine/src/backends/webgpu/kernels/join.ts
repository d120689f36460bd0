import type { TensorInfo } from '@tensorflow/tfjs';
import type { GPUKernel } from '../call';
import { joinBackward, weightGradients } from '../join/backward';
import { joinForward, runningBindings, runningTable } from '../join/forward';
import { JoinInputs, PLACES, type Place } from '../join/join-inputs';
import { type NormSource, tableShape } from '../join/norm';
import { averagesOf, batchStatistics, normalisedPlaces } from '../join/statistics';
import { zeros } from '../zeros';

/**
 * Inputs, attributes and outputs as for the compiled kernel. All tables of a call are one: an output for each
 * normalisation has it.
 */
const join: GPUKernel = {
  kernelName: 'Join',
  run(call) {
    const join = new JoinInputs(call);
    const { backend } = call;
    const training = call.attrs['training'] === true;
    const out = backend.make(join.shape);
    if (join.rows === 0) return [out, ...(training ? unchanged(join) : [])];
    return [out, ...(training ? train(join, out) : infer(join, out))];
  },
};

/** A table for each normalisation of a batch without rows, and the averages that it leaves as they are. */
function unchanged({ call }: JoinInputs): TensorInfo[] {
  return normalisedPlaces(call).flatMap((place) => {
    const averages = [call.input(`mean${place}`), call.input(`variance${place}`)];
    for (const { dataId } of averages) call.backend.incRef(dataId);
    return [call.backend.make([0]), ...averages];
  });
}

/** The join with the statistics of the batch; returns the table and the averages of each normalisation. */
function train(join: JoinInputs, out: TensorInfo): TensorInfo[] {
  const { backend } = join.call;
  const averages = averagesOf(join);
  const sources = sourcesOf(averages.map(({ place }) => place));
  if (averages.length === 0) {
    joinForward(join, out, sources, null);
    return [];
  }
  const table = backend.make(tableShape(join));
  const left = batchStatistics(join, table, averages);
  joinForward(join, out, sources, table, left);
  return averages.flatMap(({ after }, i) => {
    if (i > 0) backend.incRef(table.dataId);
    return [table, ...after];
  });
}

/** The join with the running averages: of as many places as a shader has bindings for without a table. */
function infer(join: JoinInputs, out: TensorInfo): TensorInfo[] {
  const { call } = join;
  const places = normalisedPlaces(call);
  const most = call.backend.device.limits.maxStorageBuffersPerShaderStage;
  const room = most - join.count - 1; // beside the inputs and the output
  const isWhole = fitting(join, places, room).length === places.length;
  const running = isWhole ? places : fitting(join, places, room - 1);
  const tabled = places.filter((place) => !running.includes(place));
  const table = isWhole ? null : call.temporary(tableShape(join));
  for (let left = tabled; left.length > 0;) {
    const together = fitting(join, left, most - 1);
    runningTable(join, table!, together);
    left = left.slice(together.length);
  }
  joinForward(join, out, sourcesOf(tabled, running), table);
  return [];
}

/** The first places whose γ, β and averages there are bindings for. */
function fitting(join: JoinInputs, places: readonly Place[], room: number): Place[] {
  let taken = 0;
  return places.filter((place) => (taken += runningBindings(join, place)) <= room);
}

function sourcesOf(tabled: readonly Place[], running: readonly Place[] = []): NormSource[] {
  return PLACES.map((place) => {
    if (tabled.includes(place)) return 'table';
    return running.includes(place) ? 'running' : 'none';
  });
}

/** Inputs, attributes and outputs as for the compiled kernel. */
const joinGrad: GPUKernel = {
  kernelName: 'JoinGrad',
  run(call) {
    const { backend } = call;
    const join = new JoinInputs(call);
    const dy = call.input('dy');
    const places = PLACES.filter((place) => call.has(`table${place}`));
    const make = (shape: number[]): TensorInfo =>
      join.rows === 0 ? zeros(backend, shape) : backend.make(shape);
    const weights = places.map((place) => {
      const shape = [join.channels[place]];
      return { place, gamma: make(shape), beta: make(shape) };
    });
    const gradients = PLACES.map((place) => {
      const isGiven = join.has(place) && (place < 2 || places.includes(place));
      return isGiven ? make(call.shape(`x${place}`)) : null;
    });
    if (join.rows > 0) {
      const lines =
        places.length === 0
          ? null
          : weightGradients(join, dy, call.input(`table${places[0]!}`), weights);
      joinBackward(join, dy, lines, places, gradients);
    }
    return [
      ...gradients.filter((info) => info !== null),
      ...weights.flatMap(({ gamma, beta }) => [gamma, beta]),
    ];
  },
};

export const joinKernels: readonly GPUKernel[] = [join, joinGrad];
