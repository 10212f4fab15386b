// The page: a chat and the live house beside it, both fed by one event stream.

const $ = (id) => document.getElementById(id);
const lines = $("lines");
const IDEAS = ["What can you do?", "Play jazz in the kitchen", "Which lights are on?", "How warm is it?"];
const ICONS = {
  light: "💡", speaker: "🔊", tv: "📺", thermostat: "🌡️", aircon: "❄️", heater: "🔥", boiler: "♨️",
  shade: "🪟", window: "🪟", lock: "🔒", door: "🚪", garage: "🚗", gate: "🚧", fan: "🌀", sensor: "📟",
  camera: "📷", vacuum: "🧹", mower: "🌱", valve: "🚰", pool: "🏊", spa: "🛁", alarm: "🚨", scene: "🎬",
  list: "📝", timer: "⏲️", outlet: "🔌", switch: "🔘", appliance: "🔌",
};

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children); // strings become text nodes: a device's name is never markup
  return node;
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status === 401) location.href = "/login";
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// The chat ------------------------------------------------------------------------------------

const mine = new Set(); // ids of what this page sent and shows already
let draft = null;

function line(who, text, extra = {}) {
  const node = el("li", { class: who, ...extra }, text);
  lines.append(node);
  lines.scrollTop = lines.scrollHeight;
  return node;
}

function heard(event) {
  if (event.type === "draft") {
    draft ??= line("dobby", "", { class: "dobby draft" });
    draft.textContent += event.text;
  } else if (event.who === "me") {
    if (!mine.delete(event.id)) line("me", event.text);
    waiting(true);
  } else {
    draft?.remove();
    draft = null;
    waiting(false);
    line("dobby", event.text);
  }
  lines.scrollTop = lines.scrollHeight;
}

let dots = null;
function waiting(on) {
  dots?.remove();
  dots = on ? line("dobby", "…", { class: "dobby draft" }) : null;
}

async function send(text) {
  text = text.trim();
  if (!text) return;
  const id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  mine.add(id);
  const shown = line("me", text);
  $("ideas").replaceChildren();
  try {
    await post("/api/chat", { text, id });
  } catch (error) {
    shown.classList.add("failed");
    line("dobby", `That did not reach me: ${error.message}`, { class: "dobby failed" });
  }
}

const field = $("text");
function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}
field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("say").requestSubmit();
  }
});
$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  send(field.value);
  field.value = "";
  grow();
});

async function showHistory() {
  const answer = await fetch("/api/history");
  if (answer.status === 401) { location.href = "/login"; return; }
  const told = (await answer.json()).lines;
  lines.replaceChildren();
  for (const said of told) line(said.who, said.text);
  if (told.length) return;
  line("dobby", "I am here. What shall the house do?");
  $("ideas").replaceChildren(...IDEAS.map((idea) => {
    const button = el("button", { type: "button" }, idea);
    button.addEventListener("click", () => send(idea));
    return button;
  }));
}

// The house -----------------------------------------------------------------------------------

const tiles = new Map();

function tile(device) {
  const node = el("li", { class: "tile", "data-id": device.id });
  node.addEventListener("click", () => {
    field.value = `${device.name} `;
    field.focus();
  });
  tiles.set(device.id, node);
  paint(node, device);
  return node;
}

function paint(node, device) {
  node.classList.toggle("active", device.active && !device.away);
  node.classList.toggle("away", device.away);
  const icon = el("span", { class: "icon", "aria-hidden": "true" }, ICONS[device.kind] ?? "▫️");
  if (device.color && device.active) icon.style.boxShadow = `0 0 0 3px ${device.color}`;
  const says = el("small", {}, device.says || "nothing known yet");
  node.replaceChildren(icon, el("span", { class: "words" }, el("b", {}, device.name), says));
}

function showHouse(house) {
  tiles.clear();
  const rooms = house.rooms.filter((room) => room.devices.length);
  $("rooms").replaceChildren(...rooms.map((room) => el("section", {},
    el("h2", {}, room.name || "Not placed yet", el("small", {}, room.floor ?? "")),
    el("ul", {}, ...room.devices.map(tile)),
  )));
  if (!rooms.length) $("rooms").append(el("p", { class: "empty" }, "No devices yet. I am listening to the network."));
  $("strangers").replaceChildren(...house.strangers.map((stranger) =>
    el("p", { class: "stranger" }, el("b", {}, stranger.name), ` ${stranger.says}`)));
}

$("show-house").addEventListener("click", (event) => {
  const shown = document.body.classList.toggle("house-shown");
  event.target.setAttribute("aria-pressed", shown);
  event.target.textContent = shown ? "Chat" : "House";
});

// The stream ----------------------------------------------------------------------------------

let lost = false;
const stream = new EventSource("/api/events");
stream.addEventListener("open", () => {
  $("link").textContent = "";
  if (lost) showHistory(); // what was said while the line was down
  lost = false;
});
stream.addEventListener("error", () => { lost = true; $("link").textContent = "not connected"; });
stream.addEventListener("chat", (event) => heard(JSON.parse(event.data)));
stream.addEventListener("house", (event) => showHouse(JSON.parse(event.data)));
stream.addEventListener("device", (event) => {
  const device = JSON.parse(event.data);
  const node = tiles.get(device.id);
  if (node) paint(node, device);
});
showHistory();

// The demo's corner ---------------------------------------------------------------------------

if ($("demo")) {
  const fault = $("fault");
  const choose = $("fault-device");
  let devices = [];
  const shown = () => {
    const now = devices.find((d) => d.id === choose.value)?.fault ?? {};
    fault.value = Object.keys(now).find((name) => now[name]) ?? "";
  };
  const load = async () => {
    const told = await (await fetch("/api/demo/devices")).json();
    devices = told.devices;
    $("pin").textContent = told.pin;
    choose.replaceChildren(...devices.map((d) => el("option", { value: d.id }, `${d.name} (${d.family})`)));
    shown();
  };
  choose.addEventListener("change", shown);
  fault.addEventListener("change", async () => {
    const body = { id: choose.value };
    if (fault.value) body[fault.value] = fault.value === "slow_s" ? 3 : true;
    await post("/api/demo/faults", body);
    const kept = choose.value;
    await load();
    choose.value = kept;
    shown();
  });
  $("press").addEventListener("click", async (event) => {
    await post("/api/demo/hue-button", {});
    event.target.textContent = "Pressed; it counts for 30 s";
    setTimeout(() => { event.target.textContent = "Press the Hue bridge's button"; }, 30_000);
  });
  load();
}
