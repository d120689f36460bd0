import { CELLS, FeatureExtractor, simulate } from '@botlab/traffic';
import { FEATURE_NAMES } from '..';
import { RowClock } from './row-clock';

const width = FEATURE_NAMES.length;

/** The rows of a simulated file, and when their packets were sent. */
function played(device: string, attack: string, rows: number) {
  const cell = CELLS.find((one) => one.device === device && (one.attack ?? 'benign') === attack)!;
  const features = new Float64Array(rows * width);
  const sent = new Float64Array(rows);
  const extractor = new FeatureExtractor();
  simulate(cell, { seed: 1, rows }, (batch, i, row) => {
    extractor.update(batch, i);
    if (row < 0) return;
    extractor.write(features, row * width);
    sent[row] = batch.time[i]!;
  });
  return { features, sent: sent.map((time) => time - sent[0]!) };
}

function timesOf(features: Float64Array, columns = FEATURE_NAMES) {
  const clock = new RowClock(columns);
  for (let at = 0; at < features.length; at += columns.length) clock.add(features, at);
  return clock.times();
}

const farthest = (one: Float64Array, other: Float64Array) =>
  one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);

it.each([
  ['Danmini_Doorbell', 'benign'],
  ['Danmini_Doorbell', 'combo'],
  ['Danmini_Doorbell', 'junk'],
  ['Danmini_Doorbell', 'ack'],
  ['Ecobee_Thermostat', 'benign'],
  ['Ecobee_Thermostat', 'syn'],
  ['Ecobee_Thermostat', 'udpplain'],
])('reads when each packet of %s %s was sent', (device, attack) => {
  const { features, sent } = played(device, attack, 3_000);
  const { seconds, gaps } = timesOf(features);
  expect(gaps).toEqual([]);
  expect(farthest(seconds, sent)).toBeLessThan(1e-6);
  expect(sent.at(-1)).toBeGreaterThan(5); // seconds, so that this says something
});

it('reads a flood of which each packet has another sender by the unix time in its jitter', () => {
  const { features, sent } = played('Danmini_Doorbell', 'tcp', 6_000);
  const { seconds, gaps } = timesOf(features);
  // A sender that was drawn twice begins no stream: a gap, within which it comes late by no more than its neighbours allow.
  expect(gaps.length).toBeLessThan(15);
  const late = sent.map((time, row) => Math.abs(time - seconds[row]!));
  expect(late.filter((error) => error > 1e-6).length).toBeLessThanOrEqual(gaps.length);
  expect(Math.max(...late)).toBeLessThan(0.1);
});

it('does without the calendar where that was taken out, as well as it can', () => {
  const { features, sent } = played('Danmini_Doorbell', 'benign', 3_000);
  FEATURE_NAMES.forEach((name, column) => {
    if (!name.startsWith('HH_jit')) return;
    for (let at = column; at < features.length; at += width) features[at] = 0;
  });
  const { seconds, gaps } = timesOf(features);
  // The device asks for its address, then has it: what it sent first with that, nothing ties to what was before.
  expect(gaps).toEqual([1]);
  const late = sent.map((time, row) => time - seconds[row]!);
  expect([...late.keys()].filter((row) => Math.abs(late[row]!) > 1e-6)).toEqual([1, 2]);
});

it('counts a gap as little as it can be', () => {
  const { features } = played('Danmini_Doorbell', 'benign', 40);
  const twice = new Float64Array(2 * features.length);
  twice.set(features);
  twice.set(features, features.length);
  for (let at = 0; at < twice.length; at += width) {
    FEATURE_NAMES.forEach((name, k) => name.startsWith('HH_jit') && (twice[at + k] = 0));
  }
  // The second half begins anew: the same span once more, behind a gap.
  const { seconds, gaps } = timesOf(twice);
  expect(gaps).toContain(40);
  expect(seconds[79]).toBeCloseTo(2 * seconds[39]!, 3);
});

it('refuses rows without weights', () => {
  expect(() => new RowClock(FEATURE_NAMES.slice(30))).toThrow('there is no column H_L5_weight');
});
