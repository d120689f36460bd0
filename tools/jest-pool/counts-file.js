'use strict';
const path = require('node:path');

/**
 * Where the counts of a project's tests are left:
 * `{ passed, failed, skipped, reasons: { reason: count }, suites: [{ path, seconds }] }`.
 */
exports.countsFile = (folder) => path.join(folder, 'coverage', 'counts.json');
