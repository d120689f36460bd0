'use strict';
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'text',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
};
