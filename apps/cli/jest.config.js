'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'cli',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
