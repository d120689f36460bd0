'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'plots',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
