// A worker that makes an animated GIF (GIF89a) of the pictures it is sent, one after the other.
// In: {width, height, repeat}, then {pixels, delay} each, then {end: true}. Out: {done} after each picture, {bytes} at the end.

const PALETTE = 256;

/** @type {{bytes: Bytes, width: number, height: number} | null} */
let film = null;

onmessage = ({ data }) => {
  if (data.width) {
    film = { bytes: new Bytes(), width: data.width, height: data.height };
    film.bytes.text("GIF89a").short(data.width).short(data.height).byte(0x70).byte(0).byte(0);
    // The Netscape extension: again and again.
    film.bytes.byte(0x21).byte(0xff).byte(11).text("NETSCAPE2.0").byte(3).byte(1).short(0).byte(0);
  } else if (data.pixels && film) {
    addPicture(film, new Uint8Array(data.pixels), data.delay);
    postMessage({ done: true });
  } else if (data.end && film) {
    const bytes = film.bytes.byte(0x3b).take();
    film = null;
    postMessage({ bytes }, { transfer: [bytes.buffer] });
  }
};

/** Bytes, as many as come. */
class Bytes {
  constructor() {
    this.array = new Uint8Array(1 << 16);
    this.length = 0;
  }

  /** @param {number} value */
  byte(value) {
    if (this.length === this.array.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.array);
      this.array = longer;
    }
    this.array[this.length++] = value;
    return this;
  }

  /** @param {number} value */
  short(value) {
    return this.byte(value & 255).byte(value >> 8);
  }

  /** @param {string} text */
  text(text) {
    [...text].forEach(c => this.byte(c.charCodeAt(0)));
    return this;
  }

  take() {
    return this.array.slice(0, this.length);
  }
}

/**
 * @param {{bytes: Bytes, width: number, height: number}} film
 * @param {Uint8Array} rgba
 * @param {number} delay hundredths of a second
 */
function addPicture({ bytes, width, height }, rgba, delay) {
  const { palette, indices } = quantize(rgba);
  bytes.byte(0x21).byte(0xf9).byte(4).byte(0).short(delay).byte(0).byte(0);
  bytes.byte(0x2c).short(0).short(0).short(width).short(height).byte(0x87); // A palette of 256 of its own.
  for (let i = 0; i < 3 * PALETTE; i++) {
    bytes.byte(palette[i]);
  }
  compress(bytes, indices);
}

/**
 * Median cut over the colours of a picture in 5 bits a channel (P. Heckbert, SIGGRAPH 1982, doi:10.1145/965145.801294).
 *
 * @param {Uint8Array} rgba
 * @returns {{palette: Uint8Array, indices: Uint8Array}}
 */
function quantize(rgba) {
  const bins = new Uint32Array(1 << 15);
  const sums = new Float64Array(3 << 15);
  const count = rgba.length / 4;
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]];
    const bin = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
    bins[bin]++;
    sums[3 * bin] += r;
    sums[3 * bin + 1] += g;
    sums[3 * bin + 2] += b;
  }
  const used = [];
  for (let bin = 0; bin < bins.length; bin++) {
    if (bins[bin] > 0) {
      used.push(bin);
    }
  }
  const boxes = [boxOf(used, bins)];
  while (boxes.length < PALETTE) {
    let widest = -1;
    boxes.forEach((box, i) => {
      if (box.width > 0 && (widest < 0 || box.weight > boxes[widest].weight)) {
        widest = i;
      }
    });
    if (widest < 0) {
      break;
    }
    const [low, high] = halves(boxes[widest], bins);
    boxes[widest] = boxOf(low, bins);
    boxes.push(boxOf(high, bins));
  }
  const palette = new Uint8Array(3 * PALETTE);
  const indexOf = new Uint8Array(1 << 15);
  boxes.forEach(({ members }, i) => {
    let total = 0;
    const sum = [0, 0, 0];
    for (const bin of members) {
      indexOf[bin] = i;
      total += bins[bin];
      sum.forEach((_, c) => {
        sum[c] += sums[3 * bin + c];
      });
    }
    sum.forEach((s, c) => {
      palette[3 * i + c] = Math.round(s / Math.max(1, total));
    });
  });
  const indices = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    indices[i] = indexOf[((rgba[4 * i] >> 3) << 10) | ((rgba[4 * i + 1] >> 3) << 5) | (rgba[4 * i + 2] >> 3)];
  }
  return { palette, indices };
}

/**
 * @typedef {{members: number[], shift: number, width: number, weight: number}} Box
 *   shift: of the channel in which it is widest; weight: what splitting it is worth
 */

/**
 * @param {number[]} members
 * @param {Uint32Array} bins
 * @returns {Box}
 */
function boxOf(members, bins) {
  let best = { shift: 0, width: -1 };
  for (const shift of [10, 5, 0]) {
    let low = 31;
    let high = 0;
    for (const bin of members) {
      const value = (bin >> shift) & 31;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > best.width) {
      best = { shift, width: high - low };
    }
  }
  const pixels = members.reduce((sum, bin) => sum + bins[bin], 0);
  return { members, ...best, weight: best.width * Math.sqrt(pixels) };
}

/**
 * @param {Box} box wider than one bin
 * @param {Uint32Array} bins
 * @returns {[number[], number[]]}
 */
function halves({ members, shift }, bins) {
  const sorted = members.slice().sort((a, b) => ((a >> shift) & 31) - ((b >> shift) & 31));
  const half = sorted.reduce((sum, bin) => sum + bins[bin], 0) / 2;
  let at = 0;
  for (let sum = 0; at < sorted.length - 1 && sum + bins[sorted[at]] <= half; at++) {
    sum += bins[sorted[at]];
  }
  const cut = Math.max(1, Math.min(sorted.length - 1, at));
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

const MOST_CODES = 4096;
const SLOTS = 1 << 14;

/**
 * LZW with codes of 9 to 12 bits, in blocks of up to 255 bytes.
 *
 * @param {Bytes} bytes
 * @param {Uint8Array} indices
 */
function compress(bytes, indices) {
  const clear = 256;
  const keys = new Int32Array(SLOTS).fill(-1);
  const codes = new Uint16Array(SLOTS);
  const block = new Uint8Array(255);
  let blockLength = 0;
  let bits = 0;
  let bitCount = 0;
  let size = 9;
  let next = clear + 2;

  function flush() {
    if (blockLength > 0) {
      bytes.byte(blockLength);
      for (let i = 0; i < blockLength; i++) {
        bytes.byte(block[i]);
      }
      blockLength = 0;
    }
  }

  /** @param {number} value */
  function put(value) {
    block[blockLength++] = value;
    if (blockLength === block.length) {
      flush();
    }
  }

  /** @param {number} code */
  function emit(code) {
    bits |= code << bitCount;
    bitCount += size;
    for (; bitCount >= 8; bitCount -= 8) {
      put(bits & 255);
      bits >>>= 8;
    }
  }

  bytes.byte(8);
  emit(clear);
  let prefix = indices[0];
  for (let i = 1; i < indices.length; i++) {
    const key = (prefix << 8) | indices[i];
    let slot = Math.imul(key, 0x9e3779b1) >>> 18;
    while (keys[slot] >= 0 && keys[slot] !== key) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (keys[slot] === key) {
      prefix = codes[slot];
      continue;
    }
    emit(prefix);
    // The reader knows an entry one code later than the writer, so a code is as wide as the entries before it need.
    if (next === 1 << size && size < 12) {
      size++;
    }
    if (next < MOST_CODES) {
      keys[slot] = key;
      codes[slot] = next++;
    } else {
      emit(clear);
      keys.fill(-1);
      size = 9;
      next = clear + 2;
    }
    prefix = indices[i];
  }
  emit(prefix);
  if (next === 1 << size && size < 12) {
    size++;
  }
  emit(clear + 1);
  if (bitCount > 0) {
    put(bits & 255);
  }
  flush();
  bytes.byte(0);
}
