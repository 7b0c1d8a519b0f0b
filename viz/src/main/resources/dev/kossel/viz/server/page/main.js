// Starts the page, or says why it cannot.

import { ApiError } from "./api.js";
import { notify } from "./notice.js";
import { applyTheme } from "./preferences.js";
import { Viewer } from "./viewer.js";

applyTheme();
try {
  await new Viewer().start();
} catch (failure) {
  notify(failure instanceof ApiError ? failure.message
    : `This page needs WebGL2, which this browser or its graphics driver does not offer. (${failure})`);
}
