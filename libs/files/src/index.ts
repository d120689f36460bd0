export { writeAtomically, writeThrough } from './atomic-file';
export { requireFileName } from './file-name';
export { makeFolder, requireWritable } from './folder';
export { parseJSON, readJSON, readText, writeJSON } from './json-file';
export { removeLeftovers } from './leftovers';
export { PartialFile } from './partial-file';
export {
  checksum,
  type NamedArray,
  readTensorFile,
  type TensorFile,
  type TensorFileWords,
  type TensorValues,
  writeTensorFile,
} from './tensor-file';
