'use strict';
const fs = require('node:fs');
const path = require('node:path');

/** Jest reporter: leaves the counts of a project's tests in its coverage/ folder, where tools/test.mjs adds them up. */
module.exports = class CountReporter {
  constructor(globalConfig) {
    this.file = path.join(globalConfig.rootDir, 'coverage', 'counts.json');
  }

  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.writeFileSync(this.file, JSON.stringify(counts));
  }
};
