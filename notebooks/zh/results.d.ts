export { readResults } from '../results';
