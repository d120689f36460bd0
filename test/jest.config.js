'use strict';
module.exports = {
  ...require('../jest.preset.js'),
  displayName: 'test',
  globalSetup: require.resolve('../tools/testing/probe-webgpu.ts'),
  testMatch: ['<rootDir>/**/*.test.ts'],
  testTimeout: 600_000,
};
