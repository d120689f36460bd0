// The notebooks' kernel: tslab, which Jupyter starts through this file.
'use strict';
const { createRequire } = require('node:module');
const { sep } = require('node:path');

const beside = createRequire(require.resolve('tslab'));
const ts = beside('@tslab/typescript-for-tslab');

// tslab cannot do with changes to what a library consists of: from the first on, such as a build, every cell would
// fail ("Unexpected pending rebuildTimer"). And it need not: Node keeps what it has loaded, so that only a kernel
// that is started again sees them. Only files beside the notebook are watched.
const { watchFile } = ts.sys;
const folder = `${process.cwd()}${sep}`;
const unwatched = { close() {} };
ts.sys.watchFile = (file, ...rest) =>
  file.startsWith(folder) ? watchFile(file, ...rest) : unwatched;
ts.sys.watchDirectory = () => unwatched;

// For each cell tslab makes two programs, and for each it notes which of their hundreds of files, nearly all of
// them declarations, refers to which, though it asks only for sources on which the cell depends. Without those notes,
// and without the declarations of globals that no notebook has, a cell is checked in three quarters of the time.
require.cache[beside.resolve('@tslab/typescript-for-tslab')].exports = {
  ...ts,
  createWatchCompilerHost: (files, options, system, _, ...rest) =>
    ts.createWatchCompilerHost(files, { ...options, types: ['node'] }, system, program, ...rest),
};

function program(files, options, host, ...rest) {
  const builder = ts.createAbstractBuilder(files, options, host, ...rest);
  const made = builder.getProgram();
  return {
    ...builder,
    getSourceFile(name) {
      const file = made.getSourceFile(name);
      if (file) ts.bindSourceFile(file, made.getCompilerOptions()); // tslab asks it for its names
      return file;
    },
    getAllDependencies(file) {
      if (made.getSourceFiles().every((other) => other === file || other.isDeclarationFile))
        return [file.fileName];
      return ts.createSemanticDiagnosticsBuilderProgram(made, host).getAllDependencies(file);
    },
  };
}

require('tslab/dist/main').main();
