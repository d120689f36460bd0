'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { runCLI } = require('jest');
const { countsFile } = require('./counts-file');

/** A worker that holds TensorFlow.js, a compiled engine and a suite's data takes up to so much memory. */
const WORKER_BYTES = 2 * 2 ** 30;

/** One worker a core, fewer where memory is short. */
function workers() {
  return Math.max(1, Math.min(os.availableParallelism(), Math.floor(os.totalmem() / WORKER_BYTES)));
}

/**
 * Runs the tests of projects (folders below `root`) in one pool of workers, the longest suites first.
 *
 * @returns what Nx wants to know of each project's tests, in order
 */
exports.testProjects = async function testProjects(root, folders) {
  const startTime = Date.now();
  const projects = folders.map((folder) => path.join(root, folder));
  for (const project of projects) fs.rmSync(countsFile(project), { force: true });
  await runCLI(
    {
      _: [],
      $0: 'jest',
      maxWorkers: workers(),
      workerIdleMemoryLimit: WORKER_BYTES / 2,
      testSequencer: path.join(__dirname, 'longest-first.js'),
      reporters: ['default', path.join(__dirname, 'count-reporter.js')],
    },
    projects,
  );
  const endTime = Date.now();
  return projects.map((project, i) => {
    // No counts: Jest did not come to this project.
    const counts = fs.existsSync(countsFile(project))
      ? JSON.parse(fs.readFileSync(countsFile(project), 'utf8'))
      : { passed: 0, failed: 1, skipped: 0 };
    const terminalOutput = `${folders[i]}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
    return { success: counts.failed === 0, terminalOutput, startTime, endTime };
  });
};
