'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'engine',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
