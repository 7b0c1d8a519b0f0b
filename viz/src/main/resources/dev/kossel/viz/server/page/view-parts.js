// What a link to a view holds.

import { numbersOf } from "./link.js";
import { notify } from "./notice.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */

/**
 * @param {import("./link.js").ViewLink} link
 * @param {Viewer} viewer
 */
export function addParts(link, viewer) {
  const { runs, timeline, charts, panels, stage, morphology, tools, topography, section } = viewer;
  link.add("runs", {
    read: () => runs.names().join(","),
    restore: text => {
      const here = runs.names().join(",");
      if (text !== here) {
        notify(`This link was made for ${text.replaceAll(",", ", ")}; shown is ${here.replaceAll(",", ", ")}.`);
      }
    },
  });
  link.add("by", { read: () => timeline.axis.name, restore: text => timeline.setAxis(text) });
  link.add("at", {
    read: () => (timeline.live && timeline.following ? null : String(timeline.now)),
    restore: text => {
      if (numbersOf(text, 1)) {
        timeline.goToPlace(Number(text));
      }
    },
  });
  link.add("speed", {
    read: () => String(timeline.speed.selectedIndex),
    restore: text => timeline.faster((numbersOf(text, 1)?.[0] ?? timeline.speed.selectedIndex) - timeline.speed.selectedIndex),
  });
  link.add("loop", { read: () => (timeline.looping ? "1" : null), restore: text => timeline.loop(text === "1") });
  link.add("color", { read: () => morphology.coloring, restore: text => morphology.colorBy(text) });
  tools.addTo(link);
  link.add("camera", {
    read: () => stage.camera.pose.map(v => Number(v.toPrecision(6))).join(","),
    restore: text => {
      const pose = numbersOf(text, 7);
      if (pose && pose[6] > 0) {
        viewer.fitted = true; // Or the first frame would reset it.
        stage.camera.pose = pose;
        stage.redraw();
      }
    },
  });
  link.add("panel", { read: () => panels.open, restore: text => panels.choose(text) });
  link.add("charts", {
    read: () => charts.keys().join(","),
    restore: text => charts.choose(text.split(",")),
  });
  link.add("log", {
    read: () => [...charts.logs].map(([key, on]) => `${on ? "" : "-"}${key}`).join(","),
    restore: text => {
      text.split(",").forEach(key => charts.logs.set(key.replace(/^-/, ""), !key.startsWith("-")));
      charts.layOut();
    },
  });
  link.add("zoom", {
    read: () => (charts.zoom ? `${charts.zoom.low},${charts.zoom.high}` : null),
    restore: text => {
      const range = numbersOf(text, 2);
      charts.setZoom(range && range[0] < range[1] ? { low: range[0], high: range[1] } : null);
    },
  });
  link.add("line", topography.part);
  link.add("cut", section.part);
}
