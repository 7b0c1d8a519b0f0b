// Fetches and decodes frames beside the page, which stays at its user's service meanwhile.

import { decodeSites, transferable } from "./frame-format.js";

const SILENT = "The viewer does not answer. Is it still running? Start it again with kossel view.";

self.addEventListener("message", async (/** @type {MessageEvent} */ event) => {
  const { id, address, packing } = event.data;
  try {
    const response = await fetch(address);
    if (!response.ok) {
      const body = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
      self.postMessage({ id, error: body.error, gone: response.status === 410 });
      return;
    }
    const sites = decodeSites(await response.arrayBuffer(), packing);
    self.postMessage({ id, sites }, { transfer: transferable(sites) });
  } catch (failure) {
    const silent = failure instanceof TypeError; // As fetch fails where nobody answers.
    self.postMessage({ id, error: silent ? SILENT : failure instanceof Error ? failure.message : String(failure), gone: silent });
  }
});
