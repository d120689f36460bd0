'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/**
 * Where Debian's chromium leaves SwiftShader, a processor that plays a graphics card: the engine `webgpu` is
 * tested on it where there is no card. Set here, before a test's process loads the drivers.
 */
const swiftshader = '/usr/lib/chromium/vk_swiftshader_icd.json';
if (fs.existsSync(swiftshader)) process.env['VK_ADD_DRIVER_FILES'] ??= swiftshader;
process.env['XDG_RUNTIME_DIR'] ??= os.tmpdir();
// TensorFlow tells of every processor and library otherwise.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';

/** What each project's jest.config.js spreads. Packages are tested as sources, not as dist. */
module.exports = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: path.join(__dirname, 'tsconfig.spec.json') }],
  },
  moduleNameMapper: {
    '^fast-check$': path.join(__dirname, 'tools/testing/seeded-fast-check.js'),
    '^@botlab/cli$': path.join(__dirname, 'apps/cli/src/main.ts'),
    '^@botlab/([^/]+)/light$': path.join(__dirname, 'libs/$1/src/light.ts'),
    '^@botlab/([^/]+)/contract$': path.join(__dirname, 'libs/$1/src/contract/index.ts'),
    '^@botlab/([^/]+)$': path.join(__dirname, 'libs/$1/src/index.ts'),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // tfjs looks it up in its inner loops, which is slow in the context that a test runs in.
  sandboxInjectedGlobals: ['Math'],
  testTimeout: 60_000,
};
