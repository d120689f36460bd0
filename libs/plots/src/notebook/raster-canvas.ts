import { PNG } from 'pngjs';

/** Pixels as plotly hands them over. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]`: red, green, blue, alpha. */
  readonly data: Uint8ClampedArray;
}

/** A canvas of pixels with what plotly paints a heatmap's cells with; jsdom has none of its own. */
export class RasterCanvas {
  readonly #png: PNG;
  fillStyle = 'rgba(0,0,0,1)';

  constructor(width: number, height: number) {
    this.#png = new PNG({ width: Math.max(1, width), height: Math.max(1, height) });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [red = 0, green = 0, blue = 0, alpha = 1] = this.fillStyle.match(/[\d.]+/g)!.map(Number);
    const right = Math.min(this.#png.width, Math.round(x + width));
    const bottom = Math.min(this.#png.height, Math.round(y + height));
    for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
      for (let column = Math.max(0, Math.round(x)); column < right; column++) {
        this.#png.data.set(
          [red, green, blue, Math.round(255 * alpha)],
          4 * (row * this.#png.width + column),
        );
      }
    }
  }

  createImageData(width: number, height: number): Pixels {
    return { width, height, data: new Uint8ClampedArray(4 * width * height) };
  }

  putImageData({ width, data }: Pixels): void {
    for (let row = 0; row < this.#png.height; row++) {
      const line = data.subarray(4 * row * width, 4 * row * width + 4 * this.#png.width);
      this.#png.data.set(line, 4 * row * this.#png.width);
    }
  }

  /** The pixels as a `data:` URL. */
  toDataURL(): string {
    return `data:image/png;base64,${PNG.sync.write(this.#png).toString('base64')}`;
  }
}
