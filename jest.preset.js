'use strict';
const path = require('node:path');

/** What each project's jest.config.js spreads. Packages are tested as sources, not as dist. */
module.exports = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: path.join(__dirname, 'tsconfig.spec.json') }],
  },
  moduleNameMapper: {
    '^@botlab/cli$': path.join(__dirname, 'apps/cli/src/main.ts'),
    '^@botlab/([^/]+)$': path.join(__dirname, 'libs/$1/src/index.ts'),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  reporters: ['default', path.join(__dirname, 'tools/count-reporter.js')],
  maxWorkers: 1,
  // tfjs looks it up in its inner loops, which is slow in the context that a test runs in.
  sandboxInjectedGlobals: ['Math'],
  testTimeout: 60_000,
};
