export {
  architecture,
  type ArchitectureGraph,
  type ArchitectureNode,
  type NodeKind,
} from './architecture';
export { classDistribution, type ClassCount } from './class-distribution';
export { confusionHeatmap } from './confusion-heatmap';
export type { Figure } from './figure';
export { htmlReport, type Report, type ReportSection } from './html-report';
export type { ReportTable } from './report-table';
export { table1Bars, type Table1, type Table1Row, type Task } from './table1-bars';
export { palettes, themed, type Scheme } from './theme';
export { trainingCurves, type Epoch, type TrainingRun } from './training-curves';
