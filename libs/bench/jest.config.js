'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'bench',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
