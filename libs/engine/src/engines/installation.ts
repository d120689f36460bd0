/** Whether these rooms are packages that were installed, and not those of a checkout. */
export const isPackage = /[\\/]node_modules[\\/]/.test(__dirname);

/** The command that compiles the kernels for this machine. */
export const BUILD = isPackage ? 'npm rebuild @botlab/engine' : 'npm run build';

/** The command that installs TensorFlow's package for a graphics card. */
export const INSTALL_TENSORFLOW = isPackage
  ? 'npm install --no-save @tensorflow/tfjs-node-gpu@4.22.0'
  : 'npm run install:tensorflow';
