'use strict';
// What long runs gave, for notebooks in any folder. JavaScript, for the reason that start.js is.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** @type {typeof import('./results').readResults} */
function readResults(name) {
  return JSON.parse(readFileSync(join(__dirname, '../results', `${name}.json`), 'utf8'));
}

module.exports = { readResults };
