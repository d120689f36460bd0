'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'data',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
