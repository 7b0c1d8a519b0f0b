// What each key does.

import { AXES } from "./axis.js";
import { PANELS } from "./panels.js";
import { byId } from "./dom.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */

/**
 * @param {import("./keys.js").Keys} keys
 * @param {Viewer} viewer
 */
export function addShortcuts(keys, { timeline, charts, panels, morphology, tools, takeAway, selection, switchTheme }) {
  keys.add([" "], ["Space"], "play, pause", () => timeline.togglePlay());
  keys.add(["ArrowLeft", "ArrowRight"], ["←", "→"], "one frame back, on", key => timeline.step(key === "ArrowLeft" ? -1 : 1));
  keys.add(["PageUp", "PageDown"], ["Page ↑", "Page ↓"], "to the step of the protocol before, after",
    key => timeline.stepMark(key === "PageUp" ? -1 : 1));
  keys.add(["Home"], ["Home"], "first frame", () => timeline.goTo(0));
  keys.add(["End"], ["End"], "newest frame; follow a run that goes on", () => timeline.end());
  keys.add([",", "."], [",", "."], "play slower, faster", key => timeline.faster(key === "," ? -1 : 1));
  keys.add(["l"], ["L"], "loop", () => timeline.loop(!timeline.looping));
  keys.add(["x"], ["X"], "count by time, charge, cycle", () => {
    const axes = [...AXES.keys()];
    timeline.setAxis(axes[(axes.indexOf(timeline.axis.name) + 1) % axes.length]);
  });
  keys.add(PANELS.map((_, i) => String(i + 1)), ["1", "…", String(PANELS.length)], "charts, height map, section, depth, speed",
    key => panels.choose(PANELS[Number(key) - 1]));
  keys.add(["+", "=", "-"], ["+", "−"], "zoom the charts in, out", key => charts.zoomBy(key === "-" ? -1 : 1));
  keys.add(["c"], ["C"], "colour by", () => morphology.nextColoring());
  tools.addKeys(keys);
  keys.add(["s"], ["S"], "take away: pictures, films, files, link", () => takeAway.open());
  keys.add(["t"], ["T"], "light, dark", () => switchTheme());
  keys.add(["Escape"], ["Esc"], "let go of the site", () => selection.choose(0, -1));
  keys.add(["?"], ["?"], "this help", () => byId("hint").showModal());
}
