// What happened, newest first: an incident is one line, changed in place while it lasts.

import { $, el, ask } from "./dom.js";

const PAGE = 30;
const lines = new Map(); // incident -> its node
let oldest = null;

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
const day = (at) => new Date(at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });

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

export function hearIncident(incident) {
  const node = make(incident);
  const known = lines.get(incident.id);
  lines.set(incident.id, node);
  if (known) known.replaceWith(node);
  else $("timeline").prepend(node);
  head();
}

async function load(before) {
  const query = before ? `&before=${encodeURIComponent(before)}` : "";
  const { incidents } = await ask(`/api/incidents?limit=${PAGE}${query}`);
  for (const incident of incidents) {
    const node = make(incident);
    const known = lines.get(incident.id);
    lines.set(incident.id, node);
    if (known) known.replaceWith(node);
    else $("timeline").append(node);
    oldest = incident.started;
  }
  head();
  $("older").hidden = incidents.length < PAGE;
  $("nothing").hidden = lines.size > 0;
}

export async function showTimeline() {
  lines.clear();
  $("timeline").replaceChildren();
  await load(null);
}

$("older").addEventListener("click", () => load(oldest));
