export { evaluationText } from './evaluation-text';
export { findExperiment } from './find-experiment';
export { keepResults, type KeptResults } from './keep-results';
export { placesText } from './places-text';
export { resultFigure } from './result-figure';
export { type Report, writeReport } from './write-report';
