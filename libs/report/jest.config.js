'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'report',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
