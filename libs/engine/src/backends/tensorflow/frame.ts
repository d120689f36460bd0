import * as tf from '@tensorflow/tfjs';

type Pad = [top: number, bottom: number, left: number, right: number];

/** What tfjs knows of a convolution or a pooling: sizes, strides and padding. */
export type WindowInfo = tf.backend_util.Conv2DInfo;

/**
 * The part of an image that the windows of a convolution or a pooling cover: the image with rows and columns
 * added or left out at its edges. TensorFlow's operations know 'valid' and 'same' alone, and count windows
 * otherwise than tfjs does where padding is a number; over the frame, every window is 'valid'.
 */
export class Frame {
  private readonly margins: Pad;

  constructor(
    private readonly info: WindowInfo,
    private readonly imageShape: number[],
  ) {
    const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
    const { effectiveFilterHeight, effectiveFilterWidth } = info;
    const height = (outHeight - 1) * strideHeight + effectiveFilterHeight;
    const width = (outWidth - 1) * strideWidth + effectiveFilterWidth;
    const { top, left } = padInfo;
    this.margins = [top, height - inHeight - top, left, width - inWidth - left];
  }

  /** Whether TensorFlow's own 'same', or its 'valid' over the image as it is, would be other windows. */
  get isNeeded(): boolean {
    const { padInfo, strideHeight, strideWidth } = this.info;
    if (padInfo.type === 'SAME') return false;
    const [top, bottom, left, right] = this.margins;
    // 'valid' leaves out an edge of less than a stride.
    const isValid = isRest(bottom, strideHeight) && isRest(right, strideWidth);
    return padInfo.type !== 'VALID' || top !== 0 || left !== 0 || !isValid;
  }

  /** Shape of the frame. */
  get shape(): number[] {
    return this.perAxis(this.margins).map(([before, after], axis) => {
      return this.imageShape[axis]! + before + after;
    });
  }

  /** The frame of an image: what is added has a value. */
  around(image: tf.Tensor, value = 0): tf.Tensor {
    return moved(image, this.perAxis(this.margins), value);
  }

  /** The image that a frame is of, what the frame left out being zero. */
  within(frame: tf.Tensor): tf.Tensor {
    return moved(frame, this.perAxis(this.margins.map((margin) => 0 - margin) as Pad), 0);
  }

  private perAxis([top, bottom, left, right]: Pad): [number, number][] {
    const image: [number, number][] = [
      [top, bottom],
      [left, right],
    ];
    return this.info.dataFormat === 'channelsFirst'
      ? [[0, 0], [0, 0], ...image]
      : [[0, 0], ...image, [0, 0]];
  }
}

function isRest(margin: number, stride: number): boolean {
  return margin <= 0 && -margin < stride;
}

/** A tensor with its edges moved outwards by so much, or inwards where it is negative. */
function moved(x: tf.Tensor, margins: [number, number][], value: number): tf.Tensor {
  const begin = margins.map(([before]) => Math.max(0, -before));
  const size = x.shape.map((length, axis) => {
    return length - begin[axis]! - Math.max(0, -margins[axis]![1]);
  });
  const part = margins.flat().some((margin) => margin < 0) ? tf.slice(x, begin, size) : x;
  const added = margins.map((pair) => pair.map((margin) => Math.max(0, margin)));
  const isAdded = margins.flat().some((margin) => margin > 0);
  return isAdded ? tf.pad(part, added as [number, number][], value) : part;
}
