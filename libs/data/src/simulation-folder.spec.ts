import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { simulationPlace } from './simulation-folder';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-place-'));
afterAll(() => fs.rmSync(root, { recursive: true }));

it('is in the cache folder of the system, which is made', () => {
  const folder = path.join(root, 'caches', 'botlab', 'simulated');
  expect(simulationPlace({}, path.join(root, 'caches'))).toEqual({ folder });
  expect(fs.statSync(folder).isDirectory()).toBe(true);
});

it('is what BOTLAB_CACHE names', () => {
  const named = path.join(root, 'named');
  expect(simulationPlace({ BOTLAB_CACHE: named }, root)).toEqual({ folder: named });
  expect(simulationPlace({ BOTLAB_CACHE: 'near' }, root)).toEqual({ folder: path.resolve('near') });
  expect(simulationPlace({ BOTLAB_CACHE: '' }, root).folder).toMatch(/botlab[/\\]simulated$/);
});

it('is among temporary files where the system gives no folder', () => {
  const file = path.join(root, 'file');
  fs.writeFileSync(file, '');
  const { folder, insteadOf } = simulationPlace({}, path.join(file, 'cache'));
  expect(path.dirname(path.dirname(folder))).toBe(os.tmpdir());
  expect(insteadOf).toBe(path.join(file, 'cache', 'botlab', 'simulated'));
});
