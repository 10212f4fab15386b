// What happened, newest first: an incident is one line, changed in place while it lasts.

import { $, el, ask, clock, day } from "./dom.js";

const PAGE = 30;
const lines = new Map(); // incident -> its node
let oldest = null;


function make(incident) {
  const pictures = incident.pictures.map((url) =>
    el("a", { href: url, target: "_blank", rel: "noopener" }, el("img", { src: url, alt: incident.says, loading: "lazy" })));
  const times = incident.ended && clock(incident.ended) !== clock(incident.started)
    ? `${clock(incident.started)}–${clock(incident.ended)}`
    : clock(incident.started);
  return el("li", { class: incident.told ? "told" : "", "data-incident": incident.id },
    el("time", { datetime: incident.started }, times),
    el("div", {}, el("p", {}, incident.says), el("small", {}, incident.why)),
    el("div", { class: "pictures" }, ...pictures));
}

// A heading for each day, wherever the day changes.
function head() {
  for (const old of $("timeline").querySelectorAll("li.day")) old.remove();
  let last = "";
  for (const node of [...$("timeline").children]) {
    const its = day(node.querySelector("time").dateTime);
    if (its !== last) node.before(el("li", { class: "day" }, its));
    last = its;
  }
}

// In its place: some are told of later than others that began after them.
function put(incident) {
  const node = make(incident);
  const known = lines.get(incident.id);
  lines.set(incident.id, node);
  if (known) return known.replaceWith(node);
  const began = new Date(incident.started);
  const before = [...$("timeline").querySelectorAll("li[data-incident]")]
    .find((line) => new Date(line.querySelector("time").dateTime) <= began);
  $("timeline").insertBefore(node, before ?? null);
}

export function hearIncident(incident) {
  if (oldest && new Date(incident.started) < new Date(oldest)) return; // it is on a later page
  put(incident);
  head();
  $("nothing").hidden = true;
}

async function load(before) {
  const query = before ? `&before=${encodeURIComponent(before)}` : "";
  const { incidents } = await ask(`/api/incidents?limit=${PAGE}${query}`);
  for (const incident of incidents) {
    put(incident);
    oldest = incident.started;
  }
  head();
  $("older").hidden = incidents.length < PAGE;
  $("nothing").hidden = lines.size > 0;
}

export async function showTimeline() {
  lines.clear();
  oldest = null;
  $("timeline").replaceChildren();
  await load(null);
}

$("older").addEventListener("click", () => load(oldest));
