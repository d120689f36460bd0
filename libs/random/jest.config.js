'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'random',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
