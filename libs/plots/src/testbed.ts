import { Diagram, diagramWidth, type Spot, type Surface } from './diagram';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn, type Say } from './language/say';
import { textWidth } from './text-width';

/** A device of a testbed. */
export interface TestbedDevice {
  /** In two short lines at most, parted by a line break. */
  name: string;
  /** The bots that it was infected with. */
  botnets: readonly string[];
}

/**
 * The nine devices of N-BaIoT, and the bots that there are rows of.
 *
 * Source: Meidan et al. 2018, table 1, and the folders of the data set.
 */
export const nBaIoTDevices: readonly TestbedDevice[] = [
  { name: 'Danmini\ndoorbell', botnets: ['gafgyt', 'mirai'] },
  { name: 'Ecobee\nthermostat', botnets: ['gafgyt', 'mirai'] },
  { name: 'Ennio\ndoorbell', botnets: ['gafgyt'] },
  { name: 'Philips B120N/10\nbaby monitor', botnets: ['gafgyt', 'mirai'] },
  { name: 'Provision PT-737E\ncamera', botnets: ['gafgyt', 'mirai'] },
  { name: 'Provision PT-838\ncamera', botnets: ['gafgyt', 'mirai'] },
  { name: 'Samsung SNH 1011\nwebcam', botnets: ['gafgyt'] },
  { name: 'SimpleHome 1002\ncamera', botnets: ['gafgyt', 'mirai'] },
  { name: 'SimpleHome 1003\ncamera', botnets: ['gafgyt', 'mirai'] },
];

// In pixels.
const cell = { width: 104, height: 38, gapX: 5, gapY: 9, across: 3, left: 8 };

/**
 * A testbed for bots, as that of N-BaIoT (Meidan et al. 2018, section 4): devices on Wi-Fi behind access points, a
 * switch one port of which repeats all packets to a recorder, a router, and a botnet's servers in the same network.
 */
export function testbed(
  devices: readonly TestbedDevice[] = nBaIoTDevices,
  options: FigureOptions = {},
): Figure {
  const say = sayIn(options.language);
  const rows = Math.ceil(devices.length / cell.across);
  const below = 30 + rows * (cell.height + cell.gapY);
  const y = { points: below + 32, switch: below + 98, servers: below + 178 };
  const drawing = new Diagram(y.servers + 74);
  const botnets = [...new Set(devices.flatMap((device) => device.botnets))];
  drawDevices(drawing, devices, botnets, below, say);

  const machine: Surface = 'norm';
  const wire = (...spots: Spot[]) => drawing.line(spots, 'theme:muted');
  const middle = diagramWidth / 2;
  wire([middle, below], [middle, y.points]);
  drawing.text([middle + 8, below + 9], say('Wi-Fi'), {
    align: 'left',
    size: 10,
    ink: 'theme:muted',
  });
  drawing.node([middle, y.points], { width: 112, height: 28 }, machine, say('access points'));
  wire([middle, y.points + 14], [middle, y.switch]);
  wire([middle, y.switch], [290, y.switch]);
  drawing.node([middle, y.switch], { width: 92, height: 32 }, 'conv', `<b>${say('switch')}</b>`);
  drawing.node([290, y.switch], { width: 88, height: 32 }, machine, say('router'));
  drawing.arrow(
    [
      [middle - 46, y.switch],
      [100, y.switch],
    ],
    'theme:series0',
  );
  drawing.node(
    [51, y.switch],
    { width: 98, height: 44 },
    'activation',
    say('recorder of<br>all packets'),
  );
  drawing.text([115, y.switch - 32], say('mirrored port'), { size: 10, ink: 'theme:muted' });

  const hostile: Surface = 'recurrent';
  const fork = y.servers - 42;
  const servers: [number, string][] = [
    [56, say('C&C server')],
    [middle, say('scanner<br>and loader')],
    [282, say('attacked<br>machine')],
  ];
  wire([middle, y.switch + 16], [middle, fork]);
  wire([56, fork], [282, fork]);
  servers.forEach(([x, text], i) => {
    wire([x, fork], [x, y.servers - 20]);
    const surface: Surface = i === 2 ? machine : hostile;
    drawing.node([x, y.servers], { width: 104, height: 40 }, surface, text);
  });
  drawing.text(
    [middle, y.servers + 48],
    say(
      'The servers break into devices, load bots onto<br>them and command these; the bots attack a<br>machine of the same lab.',
    ),
    { size: 10, ink: 'theme:muted' },
  );
  return drawing.figure({
    title: caption(options.title ?? say('The testbed of N-BaIoT'), options),
    description: say(
      '{count} devices on Wi-Fi behind access points, a switch with a mirrored port that a recorder reads, a router, a C&C server, a scanner and loader, and an attacked machine. {infected}.',
      {
        count: devices.length,
        infected: botnets
          .map((name) => {
            const count = devices.filter((device) => device.botnets.includes(name)).length;
            return say('{name} on {count}', { name, count });
          })
          .join(say('; ')),
      },
    ),
  });
}

/** The devices in rows, each with a mark for every bot that it had, and what the marks mean. */
function drawDevices(
  drawing: Diagram,
  devices: readonly TestbedDevice[],
  botnets: readonly string[],
  bottom: number,
  say: Say,
): void {
  const inks = ['theme:series1', 'theme:series3', 'theme:series2', 'theme:series6'] as const;
  const dot = { width: 8, height: 8, corner: 4 };
  const inkOf = (botnet: string) => inks[botnets.indexOf(botnet) % inks.length]!;
  let x = diagramWidth - 4;
  for (const botnet of [...botnets].reverse()) {
    const text = say('infected with {name}', { name: botnet });
    x -= 11.5 * textWidth(text);
    drawing.text([x, 7], label(text), { align: 'left', size: 10, ink: 'theme:muted' });
    drawing.box([x - 6, 7], dot, { fill: inkOf(botnet), edge: inkOf(botnet) });
    x -= 22;
  }
  const top = bottom - Math.ceil(devices.length / cell.across) * (cell.height + cell.gapY);
  const box: Spot = [diagramWidth / 2, (top + bottom) / 2 - 4];
  drawing.box(
    box,
    { width: diagramWidth, height: bottom - top + 8 },
    { edge: 'theme:line', dash: 'dot' },
  );
  devices.forEach(({ name, botnets: had }, i) => {
    const [column, row] = [i % cell.across, Math.floor(i / cell.across)];
    const spot: Spot = [
      cell.left + cell.width / 2 + column * (cell.width + cell.gapX),
      top + cell.height / 2 + row * (cell.height + cell.gapY),
    ];
    const text = name.split('\n').map(label).join('<br>');
    drawing.node(spot, cell, 'input', text, { size: 10 });
    had.forEach((botnet, b) => {
      const place: Spot = [spot[0] + cell.width / 2 - 8 - 10 * b, spot[1] - cell.height / 2];
      drawing.box(place, dot, { fill: inkOf(botnet), edge: inkOf(botnet) });
    });
    drawing.hover(spot, [...name.split('\n'), ...had]);
  });
}
