'use strict';

const { delimiter } = require('node:path');

// Where this names the node_modules of an installation of tfjs-node, the engine tensorflow is tested too.
const tfjsNode = process.env['BOTLAB_TFJS_NODE'];
if (tfjsNode) {
  process.env['NODE_PATH'] = [process.env['NODE_PATH'], tfjsNode].filter(Boolean).join(delimiter);
}

module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'engine',
  globalSetup: require.resolve('../../tools/testing/probe-webgpu.ts'),
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  // What tests share: a spec to the compiler and to lint, without tests of its own.
  testPathIgnorePatterns: ['/node_modules/', '\\.fixture\\.spec\\.ts$'],
};
