import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExperiment } from './find-experiment';

const out = mkdtempSync(join(tmpdir(), 'botlab-report-'));
afterAll(() => rmSync(out, { recursive: true }));

it('finds the one experiment of a folder, and asks for a name where there are several', () => {
  expect(() => findExperiment(out)).toThrow(/: no experiment in it; run botlab table1 --out /);
  const [first, second] = ['first', 'second'].map((name) => join(out, name)) as [string, string];
  for (const folder of [first, second]) mkdirSync(folder);
  writeFileSync(join(first, 'facts.json'), '{}');
  expect([findExperiment(first), findExperiment(out)]).toEqual([first, first]);
  writeFileSync(join(second, 'facts.json'), '{}');
  expect(() => findExperiment(out)).toThrow(`name one of ${first}, ${second}.`);
  expect(() => findExperiment(join(out, 'absent'))).toThrow('it does not exist');
});
