'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'training',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
