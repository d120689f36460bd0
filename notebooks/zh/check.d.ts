export { check } from '../check';
