// The notebooks' kernel: tslab, which Jupyter starts through this file.
'use strict';
const { createRequire } = require('node:module');
const { sep } = require('node:path');

const ts = createRequire(require.resolve('tslab'))('@tslab/typescript-for-tslab');

// tslab cannot do with changes to what a library consists of: from the first on, such as a build, every cell would
// fail ("Unexpected pending rebuildTimer"). And it need not: Node keeps what it has loaded, so that only a kernel
// that is started again sees them. Only files beside the notebook are watched.
const { watchFile } = ts.sys;
const beside = `${process.cwd()}${sep}`;
const unwatched = { close() {} };
ts.sys.watchFile = (file, ...rest) =>
  file.startsWith(beside) ? watchFile(file, ...rest) : unwatched;
ts.sys.watchDirectory = () => unwatched;

require('tslab/dist/main').main();
