import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Random } from '@botlab/data';
import { botlab, startBotlab, temporaryFolder } from './botlab';
import { writeSyntheticFolder } from './synthetic-folder';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

const data = writeSyntheticFolder(join(root, 'data'));
const args = (out: string) => [
  ...['train', 'res-1dcnn-lstm', '--set', 'width=4', '--data', data, '--out', join(root, out)],
  ...['--rows', '100', '--epochs', '12', '--task', 'multiclass'],
];
const done = (out: string) => join(root, out, 'train', 'multiclass', 'res-1dcnn-lstm', '1', 'DONE');
const weights = (out: string): string => {
  const text = readFileSync(join(done(out), '..', 'metrics.json'), 'utf8');
  return (JSON.parse(text) as { weights: string }).weights;
};

it('ends with the same weights when killed twenty times at random moments', async () => {
  const started = performance.now();
  expect(botlab(...args('whole')).code).toBe(0);
  const whole = performance.now() - started;

  const random = new Random(1, 'moments');
  let [kills, finishes] = [0, 0];
  while (kills < 20) {
    const child = startBotlab(...args('killed'));
    const exit = once(child, 'exit');
    await Promise.race([exit, setTimeout(200 + random.float() * whole)]);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await exit;
      kills += 1;
    }
    if (existsSync(done('killed'))) {
      // Finished between two kills: those that are left begin anew.
      finishes += 1;
      expect(weights('killed')).toBe(weights('whole'));
      rmSync(join(root, 'killed'), { recursive: true });
    }
  }
  expect(botlab(...args('killed')).code).toBe(0);
  expect(weights('killed')).toBe(weights('whole'));
  const left = readdirSync(join(root, 'killed'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
  console.log(`${kills} kills, ${finishes + 1} finished runs, the same weights each time`);
});

it('stops at Ctrl-C with one line, and goes on', async () => {
  const child = startBotlab(...args('stopped'));
  const exit = once(child, 'exit');
  await setTimeout(2500);
  child.kill('SIGINT');
  const [code] = (await exit) as [number];
  expect([0, 130]).toContain(code); // 0: it had finished already
  expect(botlab(...args('stopped')).code).toBe(0);
  expect(weights('stopped')).toBe(weights('whole'));
});
