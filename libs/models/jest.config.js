'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'models',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
