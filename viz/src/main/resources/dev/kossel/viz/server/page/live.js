// News of runs that go on: server-sent events, or polling where there is no stream to be had.

const POLL_MILLIS = 2000;

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
    source.addEventListener("change", event => {
      connection(true);
      changed(JSON.parse(event.data));
    });
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) {
        // Refused for good, as when there are too many streams. A lost one the browser opens again by itself.
        pollLater();
      } else {
        connection(false);
      }
    };
  }

  function pollLater() {
    timer = window.setTimeout(async () => {
      try {
        (await poll()).forEach(listing => changed(listing.state));
        connection(true);
      } catch {
        connection(false);
      }
      pollLater();
    }, POLL_MILLIS);
  }

  function stop() {
    source?.close();
    source = null;
    window.clearTimeout(timer);
  }

  document.addEventListener("visibilitychange", () => {
    stop();
    if (!document.hidden) {
      start();
    }
  });
  start();
}
