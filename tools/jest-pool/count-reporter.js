'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { countsFile } = require('./counts-file');

/** Why a test was skipped: the title above it that `skipIf` gives (tools/testing/skip-if.ts). */
function reasonOf({ ancestorTitles }) {
  const title = ancestorTitles.find((title) => title.startsWith('skipped: '));
  return title === undefined ? 'no reason given' : title.slice('skipped: '.length);
}

/**
 * Jest reporter: leaves in each project's coverage/ folder how many of its tests passed, failed and were skipped,
 * and how long its suites took. tools/test.mjs adds them up.
 */
module.exports = class CountReporter {
  /** Counts by the project's folder. */
  projects = new Map();

  onRunStart() {
    this.projects.clear();
  }

  onTestResult({ path: suite, context }, result) {
    const folder = context.config.rootDir;
    const none = { passed: 0, failed: 0, skipped: 0, reasons: {}, suites: [] };
    const counts = this.projects.get(folder) ?? none;
    this.projects.set(folder, counts);
    counts.passed += result.numPassingTests;
    // A suite that could not be run has no failing test.
    counts.failed += result.numFailingTests + (result.testExecError ? 1 : 0);
    counts.skipped += result.numPendingTests + result.numTodoTests;
    for (const test of result.testResults) {
      if (test.status !== 'pending' && test.status !== 'todo') continue;
      const reason = reasonOf(test);
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    }
    const { start, end } = result.perfStats;
    counts.suites.push({ path: path.relative(folder, suite), seconds: (end - start) / 1000 });
  }

  onRunComplete(contexts) {
    for (const { config } of contexts) {
      const counts = this.projects.get(config.rootDir);
      if (counts === undefined) continue;
      const file = countsFile(config.rootDir);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, JSON.stringify(counts));
    }
  }
};
