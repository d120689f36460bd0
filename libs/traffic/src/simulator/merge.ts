import type { Packet, Traffic } from './packet';

/** Packets of several sources as one, in time order; where times are equal, in the sources' order. */
export function* merge(sources: readonly Traffic[]): Traffic {
  // A binary heap of sources by the time of their next packet.
  const heap: { packet: Packet; source: Traffic; order: number }[] = [];
  let end = -Infinity;
  const advance = (source: Traffic): Packet | undefined => {
    const { done, value } = source.next();
    if (done !== true) return value;
    if (value > end) end = value;
    return undefined;
  };
  const before = (a: number, b: number): boolean => {
    const [first, second] = [heap[a]!, heap[b]!];
    const difference = first.packet.time - second.packet.time;
    return difference < 0 || (difference === 0 && first.order < second.order);
  };
  const sink = (at: number): void => {
    for (;;) {
      let least = at;
      for (let child = 2 * at + 1; child <= 2 * at + 2; child++)
        if (child < heap.length && before(child, least)) least = child;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  };
  sources.forEach((source, order) => {
    const packet = advance(source);
    if (packet) heap.push({ packet, source, order });
  });
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(at);
  while (heap.length > 0) {
    const next = heap[0]!;
    yield next.packet;
    const packet = advance(next.source);
    if (packet) next.packet = packet;
    else {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    }
    if (heap.length > 0) sink(0);
  }
  return end;
}
