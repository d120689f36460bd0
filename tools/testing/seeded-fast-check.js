'use strict';
// What specs get as 'fast-check' (jest.preset.js): the package itself, under whose name Jest would find this file.
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

// The same rows, frames and shapes in each run; BOTLAB_TEST_SEED tries others.
fc.configureGlobal({ seed: Number(process.env['BOTLAB_TEST_SEED'] ?? 1) });

module.exports = fc;
