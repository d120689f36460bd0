'use strict';
module.exports = {
  ...require('../jest.preset.js'),
  displayName: 'test',
  testMatch: ['<rootDir>/**/*.test.ts'],
  testTimeout: 600_000,
};
