// News of runs that go on: server-sent events, or polling for as long as there is no stream to be had.

const POLL_MILLIS = 2000;

/** A stream that ends is opened again by the browser at once; only one that stays away is replaced by polling. */
const GRACE_MILLIS = 1500;

/**
 * Follows all runs for as long as the page is visible: a stream holds one of the few connections a browser opens.
 *
 * @param {(state: import("./api.js").State) => void} changed
 * @param {() => Promise<import("./api.js").Listing[]>} poll
 * @param {(connected: boolean) => void} connection
 */
export function followRuns(changed, poll, connection) {
  /** @type {EventSource | null} */
  let source = null;
  let timer = 0;

  function start() {
    source = new EventSource("/api/events");
    source.onopen = () => {
      window.clearTimeout(timer);
      timer = 0;
      document.body.dataset.news = "stream";
      connection(true);
    };
    source.addEventListener("change", event => changed(JSON.parse(event.data)));
    source.onerror = () => {
      if (timer === 0) {
        timer = window.setTimeout(pollNow, GRACE_MILLIS);
      }
    };
  }

  async function pollNow() {
    document.body.dataset.news = "polling";
    try {
      (await poll()).forEach(listing => changed(listing.state));
      connection(true);
    } catch {
      connection(false);
    }
    if (source && timer !== 0) {
      timer = window.setTimeout(pollNow, POLL_MILLIS);
    }
  }

  function stop() {
    source?.close();
    source = null;
    window.clearTimeout(timer);
    timer = 0;
  }

  document.addEventListener("visibilitychange", () => {
    stop();
    if (!document.hidden) {
      start();
    }
  });
  start();
}
