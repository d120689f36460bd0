export { check, isRight } from '../check';
