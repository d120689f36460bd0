export {
  architecture,
  type ArchitectureGraph,
  type ArchitectureNode,
  type NodeKind,
} from './architecture';
export { attention, type AskingToken } from './attention';
export { barChart, type BarChartOptions, type BarSeries } from './bar-chart';
export {
  batchNormalisation,
  type BatchNormalisationOptions,
  type Channel,
} from './batch-normalisation';
export { classDistribution, type ClassCount } from './class-distribution';
export { confusionHeatmap } from './confusion-heatmap';
export { criticalDifferenceDiagram, type RankedModels } from './critical-difference-diagram';
export { dampedWindow, type TimedPacket } from './damped-window';
export type { Figure } from './figure';
export { heatmap, type HeatmapOptions } from './heatmap';
export { htmlReport, type Report, type ReportSection } from './html-report';
export { lineChart, type Line, type LineChartOptions } from './line-chart';
export { caption, type FigureOptions } from './language/caption';
export { setLanguage, type Language } from './language/language';
export { lstmCell, type LstmCellOptions, type LstmSize, type LstmStep } from './lstm-cell';
export { figureSvg } from './notebook/figure-svg';
export { html } from './notebook/html';
export { liveCurves, type LiveCurves, type RunLike } from './notebook/live-curves';
export { follow, progress } from './notebook/progress';
export { loadPlotly, show } from './notebook/show';
export { table, type TableOptions } from './notebook/table';
export type { ReportTable } from './report-table';
export { reliabilityDiagram, type ReliableModel } from './reliability-diagram';
export { residualBlock, type ResidualBlock } from './residual-block';
export { slidingFilter, type SlidingFilterOptions } from './sliding-filter';
export { table1Bars, type Table1, type Table1Row, type Task } from './table1-bars';
export { nBaIoTDevices, testbed, type TestbedDevice } from './testbed';
export { palettes, themed, type Drawing, type Scheme } from './theme';
export { trainingCurves, type Epoch, type TrainingRun } from './training-curves';
export { wayOfRow, type RowWay } from './way-of-row';
