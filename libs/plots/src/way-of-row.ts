import { Diagram, diagramWidth, type Spot, type Surface } from './diagram';
import { label, percent, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn, type Say } from './language/say';
import { seriesInk } from './theme';

/** What one packet goes through until there is a verdict. */
export interface RowWay {
  /** A few words on the packet, such as its protocol and size. */
  packet: string;
  /** The streams that it belongs to, in the order of the columns. */
  streams: readonly {
    name: string;
    /** What its packets have in common, such as "IP → IP". */
    shared: string;
    /** Statistics in each window. */
    statistics: number;
  }[];
  /** Names of the windows. */
  windows: readonly string[];
  scaler: string;
  model: string;
  /** Probabilities of the classes, or of the likeliest of them. */
  verdict: readonly { name: string; probability: number }[];
}

// In pixels, from the top.
const at = { packet: 20, streams: 106, row: 190, scaler: 262, model: 322, verdict: 372 };
const bar = { left: 130, width: 160, step: 24 };

/** The way of a row, from a packet by its streams, their statistics, a scaler and a model to a verdict. */
export function wayOfRow(way: RowWay, options: FigureOptions = {}): Figure {
  const say = sayIn(options.language);
  const { streams, windows, verdict } = way;
  const counts = streams.map(({ statistics }) => statistics * windows.length);
  const features = counts.reduce((sum, count) => sum + count, 0);
  const drawing = new Diagram(at.verdict + 30 + bar.step * verdict.length);
  const middle = diagramWidth / 2;
  const packet: Surface = 'input';
  drawing.node(
    [middle, at.packet],
    { width: 190, height: 38 },
    packet,
    titled(say('a packet'), way.packet),
  );

  drawStreams(drawing, way, say);
  drawRow(drawing, counts);
  const texts = { size: 10, ink: 'theme:muted' } as const;
  drawing.text([middle, at.row + 24], say('a row of {features} features', { features }), texts);

  const stage = (from: number, y: number, kind: 'norm' | 'conv', text: string) => {
    drawing.arrow([
      [middle, from],
      [middle, y - 17],
    ]);
    drawing.node([middle, y], { width: 150, height: 34 }, kind, text);
  };
  stage(at.row + 33, at.scaler, 'norm', titled(say('scaler'), way.scaler));
  stage(at.scaler + 17, at.model, 'conv', titled(say('model'), way.model));
  drawing.arrow([
    [middle, at.model + 17],
    [middle, at.verdict - 4],
  ]);
  drawVerdict(drawing, verdict);
  const [likeliest] = [...verdict].sort((a, b) => b.probability - a.probability);
  return drawing.figure({
    title: caption(options.title ?? say('From a packet to a verdict'), options),
    description: say(
      'A packet joins {streams} streams; {windows} windows over each give {features} features; scaler {scaler}, model {model}; verdict {verdict}.',
      {
        streams: streams.length,
        windows: windows.length,
        features,
        scaler: way.scaler,
        model: way.model,
        verdict: likeliest ? `${likeliest.name} ${percent(likeliest.probability, 1)}` : '–',
      },
    ),
  });
}

/** Bold, and below it what it is here. */
function titled(name: string, detail: string): string {
  return `<b>${name}</b><br><span style="font-size:10px">${label(detail)}</span>`;
}

/** A column for each kind of stream, under the packet and over the row. */
function drawStreams(drawing: Diagram, { streams, windows }: RowWay, say: Say): void {
  const width = diagramWidth / streams.length;
  streams.forEach(({ name, shared, statistics }, i) => {
    const spot: Spot = [(i + 0.5) * width, at.streams];
    const ink = seriesInk(i);
    const fork = at.packet + 32;
    drawing.arrow([
      [diagramWidth / 2, at.packet + 19],
      [diagramWidth / 2, fork],
      [spot[0], fork],
      [spot[0], at.streams - 25],
    ]);
    const text =
      `<b>${label(name)}</b><br><span style="font-size:10px">${label(shared)}</span>` +
      `<br><span style="font-size:10px">${windows.length} × ${statistics}</span>`;
    drawing.node(spot, { width: width - 5, height: 50 }, { fill: 'theme:group', edge: ink }, text);
    const all = say('{windows} windows × {statistics} statistics', {
      windows: windows.length,
      statistics,
    });
    drawing.hover(spot, [name, shared, all]);
  });
}

/** A cell for each feature in the colour of its stream, and lines from the streams to their part. */
function drawRow(drawing: Diagram, counts: readonly number[]): void {
  const cell = diagramWidth / counts.reduce((sum, count) => sum + count, 0);
  let x = 0;
  counts.forEach((count, i) => {
    const middle = x + (count * cell) / 2;
    const from = ((i + 0.5) * diagramWidth) / counts.length;
    drawing.arrow(
      [
        [from, at.streams + 25],
        [from, at.streams + 37],
        [middle, at.streams + 55],
        [middle, at.row - 11],
      ],
      seriesInk(i),
    );
    for (let c = 0; c < count; c++) {
      const spot: Spot = [x + (c + 0.5) * cell, at.row];
      drawing.box(
        spot,
        { width: cell - 1, height: 20, corner: 0 },
        { fill: seriesInk(i), edge: seriesInk(i) },
      );
    }
    x += count * cell;
  });
}

/** A bar for each class. */
function drawVerdict(drawing: Diagram, verdict: RowWay['verdict']): void {
  const best = Math.max(...verdict.map(({ probability }) => probability));
  verdict.forEach(({ name, probability }, i) => {
    const y = at.verdict + 14 + i * bar.step;
    const ink = probability === best ? 'theme:series1' : 'theme:quiet';
    const width = Math.max(1, bar.width * probability);
    drawing.text([bar.left - 8, y], label(name), { align: 'right' });
    drawing.box(
      [bar.left + width / 2, y],
      { width, height: 14, corner: 2 },
      { fill: ink, edge: ink },
    );
    drawing.text([bar.left + width + 6, y], percent(probability, 1), { align: 'left' });
  });
}
