// The growth as a film, picture after picture, as WebM by the browser's recorder or as GIF by a worker.

/**
 * @typedef {{count: number, framesPerSecond: number, picture: (index: number) => Promise<HTMLCanvasElement>,
 *   progress: (done: number) => void, signal: AbortSignal}} Film picture draws onto the same canvas each time
 */

const WEBM = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const BITS_PER_PIXEL = 6; // A second at some frames a second; spheres are full of edges.
const LAST_MILLIS = 1000; // How long the last picture stays.

/** @returns {boolean} whether this browser can record WebM */
export function canRecord() {
  return typeof MediaRecorder !== "undefined" && "captureStream" in HTMLCanvasElement.prototype && webmType() !== undefined;
}

function webmType() {
  return WEBM.find(type => MediaRecorder.isTypeSupported(type));
}

/**
 * Records in real time: a recorder goes by the clock on the wall.
 *
 * @param {Film} film
 * @returns {Promise<Blob>}
 */
export async function webm({ count, framesPerSecond, picture, progress, signal }) {
  const canvas = await picture(0);
  const stream = canvas.captureStream(0);
  const track = /** @type {any} */ (stream.getVideoTracks()[0]);
  const recorder = new MediaRecorder(stream, {
    mimeType: webmType(),
    videoBitsPerSecond: Math.min(60e6, canvas.width * canvas.height * BITS_PER_PIXEL),
  });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = event => parts.push(event.data);
  const stopped = new Promise((done, failed) => {
    recorder.onstop = done;
    recorder.onerror = event => failed(new Error(`The browser's recorder failed: ${event.type}`));
  });
  recorder.start();
  try {
    for (let i = 0; i < count && !signal.aborted; i++) {
      const began = performance.now();
      await picture(i);
      track.requestFrame();
      progress(i + 1);
      await sleep(1000 / framesPerSecond - (performance.now() - began));
    }
    if (!signal.aborted) {
      await sleep(LAST_MILLIS);
      track.requestFrame();
      await sleep(50);
    }
  } finally {
    recorder.stop();
    await stopped;
    track.stop();
  }
  signal.throwIfAborted();
  return new Blob(parts, { type: "video/webm" });
}

/**
 * @param {Film} film
 * @returns {Promise<Blob>}
 */
export async function gif({ count, framesPerSecond, picture, progress, signal }) {
  const worker = new Worker("gif-worker.js");
  try {
    const delay = Math.max(2, Math.round(100 / framesPerSecond)); // Players take less for far more.
    for (let i = 0; i < count; i++) {
      signal.throwIfAborted();
      const canvas = await picture(i);
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      if (i === 0) {
        worker.postMessage({ width: canvas.width, height: canvas.height });
      }
      await answer(worker, { pixels: data.buffer, delay: i === count - 1 ? Math.max(delay, LAST_MILLIS / 10) : delay }, [data.buffer]);
      progress(i + 1);
    }
    const { bytes } = await answer(worker, { end: true }, []);
    return new Blob([bytes], { type: "image/gif" });
  } finally {
    worker.terminate();
  }
}

/**
 * @param {Worker} worker
 * @param {any} message
 * @param {Transferable[]} transfer
 * @returns {Promise<any>}
 */
function answer(worker, message, transfer) {
  return new Promise((done, failed) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = event => failed(new Error(event.message || "The worker that makes the GIF failed."));
    worker.postMessage(message, transfer);
  });
}

/** @param {number} millis */
function sleep(millis) {
  return new Promise(done => window.setTimeout(done, Math.max(0, millis)));
}
