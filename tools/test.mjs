// `npm test`: everything that is checked, and a last line with the true counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, program, root } from './workspace.mjs';

ensureInstalled();
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs one check, which counts as one test. */
function check(name, packageName, args) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [program(packageName), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  counts[status === 0 ? 'passed' : 'failed'] += 1;
  return status === 0;
}

const many = (target) => ['nx', ['run-many', '-t', target, '--outputStyle=static']];
const tested = ['libs', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  .concat(join(root, 'test'))
  .filter((path) => existsSync(join(path, 'jest.config.js')));
const countsOf = (path) => join(path, 'coverage', 'counts.json');
for (const path of tested) rmSync(countsOf(path), { force: true });

check('format', 'prettier', ['--check', '.']);
if (check('build', ...many('build'))) {
  check('lint', ...many('lint'));
  check('types', ...many('typecheck'));
  const passed = check('tests', ...many('test'));
  let seen = 0;
  for (const path of tested) {
    if (!existsSync(countsOf(path))) continue;
    seen += 1;
    const project = JSON.parse(readFileSync(countsOf(path), 'utf8'));
    for (const key of Object.keys(counts)) counts[key] += project[key];
  }
  if (seen < tested.length) {
    process.stdout.write(`\n${tested.length - seen} projects left no count of their tests.\n`);
  }
  // The check itself is not a test beside those it ran; a project that crashed without counts is.
  counts[passed ? 'passed' : 'failed'] -= 1;
  counts.failed += tested.length - seen;
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
