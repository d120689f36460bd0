export { fileError } from './file-error';
export { InputError } from './input-error';
export { unknownName } from './unknown-name';
