'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'models',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  // What tests share: a spec to the compiler and to lint, without tests of its own.
  testPathIgnorePatterns: ['/node_modules/', '\\.fixture\\.spec\\.ts$'],
  // tfjs looks it up in its inner loops, which is slow in the context that a test runs in.
  sandboxInjectedGlobals: ['Math'],
};
