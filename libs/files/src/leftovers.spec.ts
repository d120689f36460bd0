import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { removeLeftovers, removeLeftoversOf } from './leftovers';
import { partialName } from './partial-name';
import { newFolder } from './temporary-folder.fixture.spec';

const gone = spawnSync(process.execPath, ['-e', '']).pid;

/** A name that another process would have taken for a file. */
function nameBy(pid: number, file: string): string {
  return basename(partialName(file)).replace(`-${process.pid}-`, `-${pid}-`);
}

function write(folder: string, names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '');
}

it('go from a folder and those below it, and nothing else does', () => {
  const folder = newFolder();
  const below = join(folder, 'run', 'checkpoint');
  mkdirSync(below, { recursive: true });
  const kept = [
    'whole',
    nameBy(process.pid, 'ours'),
    nameBy(process.ppid, 'x'),
    `x.${gone}.partial`,
  ];
  write(below, [...kept, nameBy(gone, 'x')]);
  write(folder, [nameBy(gone, 'y')]);
  removeLeftovers(folder);
  expect(readdirSync(below).sort()).toEqual(kept.sort());
  expect(readdirSync(folder)).toEqual(['run']);
  removeLeftovers(join(folder, 'missing'));
});

it('go of one file, and not of another whose name goes on', () => {
  const folder = newFolder();
  const kept = ['xy.csv', 'x.csv.gz', 'x'].map((name) => nameBy(gone, name));
  write(folder, [...kept, nameBy(gone, 'x.csv')]);
  removeLeftoversOf(join(folder, 'x.csv'));
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});

it("of another machine go once nobody writes to them: its processes' ids say nothing here", () => {
  const folder = newFolder();
  const elsewhere = (name: string): string =>
    nameBy(gone, name).replace(/\.[0-9a-f]{8}-/, '.01234567-');
  const [fresh, old] = [elsewhere('fresh'), elsewhere('old')];
  write(folder, [fresh, old]);
  utimesSync(join(folder, old), 1000, 1000);
  removeLeftovers(folder);
  expect(readdirSync(folder)).toEqual([fresh]);
});

it('stay where they cannot be removed, as those of another person in a shared folder', () => {
  const folder = newFolder();
  const theirs = nameBy(gone, 'theirs');
  mkdirSync(join(folder, theirs)); // a folder: rm without "recursive" refuses it
  write(folder, [nameBy(gone, 'x')]);
  removeLeftovers(folder);
  expect(readdirSync(folder)).toEqual([theirs]);
});
