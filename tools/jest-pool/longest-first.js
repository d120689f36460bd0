'use strict';
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { default: TestSequencer } = require('@jest/test-sequencer');

/** Seconds that the slowest suites took, by their path in the checkout; `npm test -- --all --record` writes it. */
const seconds = JSON.parse(readFileSync(path.join(__dirname, 'suite-seconds.json'), 'utf8'));
const root = path.join(__dirname, '..', '..');

/** Begins with the longest suites, so that no worker is left with one of them in the end. */
module.exports = class LongestFirst extends TestSequencer {
  sort(tests) {
    const duration = (test) =>
      seconds[path.relative(root, test.path).replaceAll(path.sep, '/')] ?? 0;
    // Of those that are not listed, Jest knows what they took here before.
    return super.sort(tests).sort((a, b) => duration(b) - duration(a));
  }
};
