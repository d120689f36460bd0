import { PNG } from 'pngjs';
import { RasterCanvas } from './raster-canvas';

function pixels(canvas: RasterCanvas): number[][] {
  const { width, height, data } = PNG.sync.read(
    Buffer.from(canvas.toDataURL().replace('data:image/png;base64,', ''), 'base64'),
  );
  return Array.from({ length: width * height }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);
}

it('paints rectangles, and nothing beyond its edges', () => {
  const canvas = new RasterCanvas(3, 2);
  canvas.fillStyle = 'rgba(255,0,10,0.5)';
  canvas.fillRect(1, -4, 9, 5);
  const half = [255, 0, 10, 128];
  const none = [0, 0, 0, 0];
  expect(pixels(canvas)).toEqual([none, half, half, none, none, none]);
});

it('takes pixels as they are', () => {
  const canvas = new RasterCanvas(2, 1);
  const image = canvas.createImageData(2, 1);
  image.data.set([1, 2, 3, 255, 4, 5, 6, 255]);
  canvas.putImageData(image);
  expect(pixels(canvas)).toEqual([
    [1, 2, 3, 255],
    [4, 5, 6, 255],
  ]);
});
