import { quantilesText } from './quantiles-text';
import { realismText } from './realism-text';
import type { SimulationFindings } from './simulation-check';

/** What a check of simulated rows found, for a terminal. */
export function simulationCheckText(findings: SimulationFindings): string {
  const { simulated, folder, quantiles, rows } = findings;
  return [
    ...(quantiles.length > 0 ? [quantilesText(quantiles, simulated, folder)] : []),
    ...(rows ? [realismText(rows.classes, rows.transfer, simulated, rows.real)] : []),
  ].join('\n\n');
}
