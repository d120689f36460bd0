/** Bytes in one unit: a cache line, and a multiple of every vector. */
export const UNIT = 64;

/** Sizes of one class differ by less than this part of them. */
const FINE_BITS = 5;
const FINE = 2 ** FINE_BITS;

/** A run of units: in use, or free and in the list of its class. */
interface Block {
  readonly offset: number;
  size: number;
  free: boolean;
  /** The blocks next to it. */
  before: Block | null;
  after: Block | null;
  /** Its neighbours in the list. */
  previous: Block | null;
  next: Block | null;
}

/** The class of a size from 1: the sizes themselves up to 32, then 32 of them to each power of two. */
export function classOf(size: number): number {
  const shift = 31 - Math.clz32(size) - FINE_BITS;
  return shift <= 0 ? size : shift * FINE + (size >> shift);
}

/** A size, rounded up to the least of a class. */
export function rounded(size: number): number {
  const shift = 31 - Math.clz32(size) - FINE_BITS;
  if (shift <= 0) return size;
  const mask = (1 << shift) - 1;
  return (size + mask) & ~mask;
}

/**
 * Hands out blocks of an address space, counted in units. It takes the smallest class that has a free
 * block, and new space at the end only where no class has: so where blocks come to lie depends on what was
 * asked for and never on how much memory there is, and a step that asks for the sizes of the step before
 * needs no more. Free neighbours are one block, and what is free at the end belongs to no block.
 *
 * After M. Masmano et al., "TLSF: a new dynamic memory allocator for real-time systems" (ECRTS 2004).
 */
export class Blocks {
  private readonly lists: (Block | null)[];
  /** A bit for each class: whether its list has a block. */
  private readonly listed: Int32Array;
  private readonly inUse = new Map<number, Block>();
  private last: Block | null = null;
  /** Where the last block ends. */
  end: number;
  /** Units in use. */
  used = 0;

  constructor(
    readonly begin: number,
    readonly limit: number,
  ) {
    this.end = begin;
    const classes = classOf(limit) + 1;
    this.lists = new Array<Block | null>(classes).fill(null);
    this.listed = new Int32Array((classes >> 5) + 1);
  }

  /** Where a block of at least `units` begins, or −1 when there is no room. */
  take(units: number): number {
    if (units > this.limit - this.begin) return -1;
    const size = rounded(units);
    const found = classOf(size);
    const block = this.firstFrom(found) ?? this.append(size);
    if (block === null) return -1;
    if (block.free) {
      this.unlist(block);
      // One of the same class is left whole: what would remain is of no use.
      if (classOf(block.size) > found) this.split(block, size);
    }
    this.inUse.set(block.offset, block);
    this.used += block.size;
    return block.offset;
  }

  /** @throws RangeError when no block in use begins there */
  give(offset: number): void {
    let block = this.inUse.get(offset);
    if (block === undefined) throw new RangeError(`no array in use begins at ${offset * UNIT}`);
    this.inUse.delete(offset);
    this.used -= block.size;
    const { before, after } = block;
    if (after?.free) {
      this.unlist(after);
      this.merge(block, after);
    }
    if (before?.free) {
      this.unlist(before);
      this.merge(before, block);
      block = before;
    }
    if (block.after === null) this.cut(block);
    else this.list(block);
  }

  /** A free block of that class or the next one that has any. */
  private firstFrom(wanted: number): Block | null {
    let word = wanted >> 5;
    let bits = this.listed[word]! & (-1 << (wanted & 31));
    while (bits === 0) {
      if (++word >= this.listed.length) return null;
      bits = this.listed[word]!;
    }
    return this.lists[word * 32 + (31 - Math.clz32(bits & -bits))]!;
  }

  /** A new block at the end. */
  private append(size: number): Block | null {
    if (this.end + size > this.limit) return null;
    const block = newBlock(this.end, size, this.last, null);
    if (this.last !== null) this.last.after = block;
    this.last = block;
    this.end += size;
    return block;
  }

  /** Shortens a block; what remains becomes a free one. */
  private split(block: Block, size: number): void {
    const { after } = block;
    const rest = newBlock(block.offset + size, block.size - size, block, after);
    if (after !== null) after.before = rest;
    block.after = rest;
    block.size = size;
    this.list(rest);
  }

  private merge(block: Block, { size, after }: Block): void {
    block.size += size;
    block.after = after;
    if (after === null) this.last = block;
    else after.before = block;
  }

  /** Takes away the last block. */
  private cut({ offset, before }: Block): void {
    this.end = offset;
    this.last = before;
    if (before !== null) before.after = null;
  }

  private list(block: Block): void {
    const number = classOf(block.size);
    const first = this.lists[number]!;
    block.free = true;
    block.previous = null;
    block.next = first;
    if (first === null) this.listed[number >> 5]! |= 1 << (number & 31);
    else first.previous = block;
    this.lists[number] = block;
  }

  private unlist(block: Block): void {
    const { previous, next } = block;
    block.free = false;
    if (next !== null) next.previous = previous;
    if (previous !== null) {
      previous.next = next;
      return;
    }
    const number = classOf(block.size);
    this.lists[number] = next;
    if (next === null) this.listed[number >> 5]! &= ~(1 << (number & 31));
  }
}

function newBlock(offset: number, size: number, before: Block | null, after: Block | null): Block {
  return { offset, size, free: false, before, after, previous: null, next: null };
}
