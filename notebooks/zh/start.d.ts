export { start } from '../start';
