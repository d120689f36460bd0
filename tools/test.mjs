// `npm test`: what shows that a copy works; `npm test -- --all` adds what is slow. The last line has the true counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, program, refuse, root, writeWhole } from './workspace.mjs';

const { countsFile } = createRequire(import.meta.url)('./jest-pool/counts-file.js');

const options = {
  /** Runs the slow tests too. */
  all: { type: 'boolean', default: false },
  /** Notes how long the slowest suites took: the next run begins with them. */
  record: { type: 'boolean', default: false },
};
const { values } = (() => {
  try {
    return parseArgs({ options });
  } catch (error) {
    return refuse(`${error.message.split('. ')[0]}; npm test takes -- --all and -- --record.`);
  }
})();

const began = Date.now();
ensureInstalled();
if (values.all) process.env.BOTLAB_TEST_ALL = '1';
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

const many = (...targets) => ['nx', ['run-many', '-t', ...targets, '--outputStyle=static']];
const tested = ['libs', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  .concat(join(root, 'test'))
  .filter((path) => existsSync(join(path, 'jest.config.js')));
for (const path of tested) rmSync(countsFile(path), { force: true });

/** Suites and why tests were skipped, over all projects. */
const suites = [];
const reasons = new Map();

/** Adds up what the projects' tests have left. */
function addCounts(passed) {
  const seen = tested.filter((path) => existsSync(countsFile(path)));
  for (const path of seen) {
    const project = JSON.parse(readFileSync(countsFile(path), 'utf8'));
    for (const key of Object.keys(counts)) counts[key] += project[key];
    for (const suite of project.suites) {
      suites.push({ ...suite, path: relative(root, join(path, suite.path)).replaceAll('\\', '/') });
    }
    for (const [reason, count] of Object.entries(project.reasons)) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    }
  }
  const missing = tested.length - seen.length;
  if (missing > 0) process.stdout.write(`\n${missing} projects left no count of their tests.\n`);
  // The check itself is not a test beside those it ran; a project that crashed without counts is.
  counts[passed ? 'passed' : 'failed'] -= 1;
  counts.failed += missing;
}

function printSlowest() {
  suites.sort((a, b) => b.seconds - a.seconds);
  process.stdout.write('\nThe slowest suites, in seconds:\n');
  for (const { path, seconds } of suites.slice(0, 10)) {
    process.stdout.write(`${seconds.toFixed(1).padStart(7)}  ${path}\n`);
  }
}

function printReasons() {
  process.stdout.write('\nSkipped:\n');
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) {
    process.stdout.write(`${String(count).padStart(7)}  ${reason}\n`);
  }
}

/** Suites that take longer than this are worth an early place. */
const RECORDED_SECONDS = 4;

function record() {
  const slow = suites.filter(({ seconds }) => seconds >= RECORDED_SECONDS);
  const entries = slow.map(({ path, seconds }) => [path, Math.round(seconds)]);
  const file = join(root, 'tools', 'jest-pool', 'suite-seconds.json');
  writeWhole(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

check('format', 'prettier', ['--check', '.']);
if (check('build', ...many('build'))) {
  check('lint and types', ...many('lint', 'typecheck'));
  addCounts(check('tests', ...many('test')));
  printSlowest();
  if (reasons.size > 0) printReasons();
  if (values.record) record();
}
const seconds = Math.round((Date.now() - began) / 1000);
process.stdout.write(`\nIn ${Math.floor(seconds / 60)} min ${seconds % 60} s.\n`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
