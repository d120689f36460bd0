import { InputError, unknownName } from '@botlab/errors';
import { DEVICES } from '../device';
import { CELLS, type Cell } from './cell';

/** What {@link chooseCells} may be asked for: all devices and all kinds of traffic by default. */
export interface CellChoice {
  readonly devices?: readonly string[];
  /** benign; gafgyt or mirai for all attacks of a family; gafgyt.combo, mirai.ack, … for one. */
  readonly attacks?: readonly string[];
}

/** The name of a cell's kind of traffic: "benign", "gafgyt.combo". */
export function kindOf({ family, attack }: Cell): string {
  return attack === null ? family : `${family}.${attack}`;
}

/**
 * The cells of some devices and kinds of traffic, in the order of `CELLS`. A space may stand for the
 * point in the name of an attack.
 *
 * @throws InputError for a name that there is not, and where no cell is left: two devices have no
 *   mirai capture
 */
export function chooseCells({ devices, attacks }: CellChoice): Cell[] {
  const families = [...new Set(CELLS.map(({ family }) => family))];
  const kinds = new Set([...families, ...CELLS.map(kindOf)]);
  const chosen = attacks?.map((attack) => attack.trim().replace(/\s+/, '.'));
  for (const device of devices ?? []) {
    if (!DEVICES.some((name) => name === device)) throw unknownName('device', device, DEVICES);
  }
  for (const kind of chosen ?? []) {
    if (!kinds.has(kind)) throw unknownName('attack', kind, [...kinds]);
  }
  const cells = CELLS.filter(
    (cell) =>
      (devices === undefined || devices.includes(cell.device)) &&
      (chosen === undefined || chosen.includes(cell.family) || chosen.includes(kindOf(cell))),
  );
  if (cells.length > 0) return cells;
  throw new InputError(
    `Cannot simulate ${attacks?.join(', ') ?? 'nothing'} of ${devices?.join(', ') ?? 'no device'}: N-BaIoT has no such capture (Ennio_Doorbell and Samsung_SNH_1011_N_Webcam have none of mirai); choose another device or attack.`,
  );
}
