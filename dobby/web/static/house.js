// The house: floors, rooms and tiles, painted again only where something changed.

import { $, el } from "./dom.js";
import { icon } from "./icons.js";
import { begin } from "./chat.js";
import { showStrangers } from "./pairing.js";

const SHARED = new Set(["alarm", "list", "scene", "timer"]);
const tiles = new Map(); // device id -> { node, painted }
const dirty = new Map(); // device id -> what it is now, until the next frame

function tileOf(device) {
  let tile = tiles.get(device.id);
  if (!tile) {
    const button = el("button", { type: "button", class: "tile" });
    button.addEventListener("click", () => begin(`${tile.name} `));
    tile = { node: el("li", {}, button), button, painted: "", name: "" };
    tiles.set(device.id, tile);
  }
  paint(tile, device);
  return tile.node;
}

function paint(tile, device) {
  const now = JSON.stringify(device);
  if (tile.painted === now) return;
  tile.painted = now;
  tile.name = device.name;
  const { button } = tile;
  button.classList.toggle("active", device.active);
  button.classList.toggle("away", device.away);
  button.style.setProperty("--level", `${device.level ?? 0}%`);
  const drawing = el("span", { class: "icon" }, icon(device.kind));
  if (device.color) drawing.style.setProperty("--glow", device.color);
  const says = device.says || device.kind;
  button.replaceChildren(drawing, el("span", { class: "words" }, el("b", {}, device.name), el("small", {}, unbroken(says))));
  button.title = `${device.name}: ${says}`;
}

// Without a room: what belongs to all of them, and what the owner has not placed yet.
function placed({ name, floor, devices }) {
  if (name) return [{ name, floor, devices }];
  return [
    { name: "The whole house", floor: "", devices: devices.filter((d) => SHARED.has(d.kind)) },
    { name: "Not placed yet", floor: "", devices: devices.filter((d) => !SHARED.has(d.kind)) },
  ];
}

// "21 °C" stays on one line; a song's title may wrap.
function unbroken(says) {
  return says.split(" · ").map((part) => (part.length < 15 ? part.replaceAll(" ", "\u00a0") : part)).join(" · ");
}

export function showHouse(house) {
  dirty.clear();
  const rooms = house.rooms.flatMap(placed).filter((room) => room.devices.length);
  const known = new Set(rooms.flatMap((room) => room.devices.map((device) => device.id)));
  for (const id of tiles.keys()) if (!known.has(id)) tiles.delete(id);
  const floors = new Map();
  for (const room of rooms) {
    const floor = room.floor ?? "";
    floors.set(floor, [...(floors.get(floor) ?? []), room]);
  }
  const named = [...floors].sort(([a], [b]) => (a === "") - (b === "")); // those without one last
  $("rooms").replaceChildren(...named.flatMap(([floor, own]) => [
    floor ? el("h2", {}, floor) : "",
    ...own.map((room) => el("section", { "aria-label": room.name },
      el("h3", {}, room.name),
      el("ul", {}, ...room.devices.map(tileOf)))),
  ]));
  if (!rooms.length) $("rooms").append(el("p", { class: "empty" }, "No devices yet. I am listening to the network."));
  showStrangers(house.strangers);
}

export function showDevices(devices) {
  if (!dirty.size) requestAnimationFrame(paintDirty);
  for (const device of devices) dirty.set(device.id, device);
}

function paintDirty() {
  for (const device of dirty.values()) {
    const tile = tiles.get(device.id);
    if (tile) paint(tile, device);
  }
  dirty.clear();
}
