'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'errors',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
