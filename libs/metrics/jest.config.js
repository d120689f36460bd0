'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'metrics',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
