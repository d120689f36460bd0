'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'trees',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  // What tests share: a spec to the compiler and to lint, without tests of its own.
  testPathIgnorePatterns: ['/node_modules/', '\\.fixture\\.spec\\.ts$'],
};
