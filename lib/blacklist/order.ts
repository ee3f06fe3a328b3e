const DIGIT = 0x1_0000;

/**
 * Row numbers by a column, highest first; NaN last; equal ones keep their order. Radix sort by the
 * 16-bit digits of the numbers, whose bits sort like the numbers once negative ones are inverted.
 */
export function orderByHighest(column: Float64Array): Uint32Array {
  const count = column.length;
  const digits = new Uint16Array(keysOf(column).buffer);
  let order = new Uint32Array(count);
  for (let row = 0; row < count; row++) order[row] = row;
  let next = new Uint32Array(count);
  const starts = new Uint32Array(DIGIT);
  for (let place = 0; place < 4; place++) {
    starts.fill(0);
    for (let row = 0; row < count; row++) {
      const digit = digits[row * 4 + place] ?? 0;
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    let sum = 0;
    for (let digit = 0; digit < DIGIT; digit++) {
      const here = starts[digit] ?? 0;
      starts[digit] = sum;
      sum += here;
    }
    for (let at = 0; at < count; at++) {
      const row = order[at] ?? 0;
      const digit = digits[row * 4 + place] ?? 0;
      const start = starts[digit] ?? 0;
      next[start] = row;
      starts[digit] = start + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Keys that sort upwards as the numbers sort downwards; 64 bits each, little-endian. */
function keysOf(column: Float64Array): Float64Array {
  const keys = Float64Array.from(column);
  const words = new Uint32Array(keys.buffer);
  for (let row = 0; row < keys.length; row++) {
    const value = column[row] ?? Number.NaN;
    const [low, high] = [row * 2, row * 2 + 1];
    if (Number.isNaN(value)) {
      words[low] = 0xffff_ffff;
      words[high] = 0xffff_ffff;
    } else if (value > 0) {
      // Positive: inverted, below the sign bit.
      words[low] = ~(words[low] ?? 0);
      words[high] = ~(words[high] ?? 0) & 0x7fff_ffff;
    } else if (value === 0) {
      // 0 and −0 alike.
      words[low] = 0xffff_ffff;
      words[high] = 0x7fff_ffff;
    }
    // Negative: the sign bit puts them last, and a greater amount is further down.
  }
  return keys;
}
