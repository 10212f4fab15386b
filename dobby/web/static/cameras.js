// The cameras, live while somebody looks: boxes and zones are drawn over what they see.

import { $, el, ask } from "./dom.js";
import { Drawing, drawZones } from "./zones.js";
import { showTimeline } from "./timeline.js";

const PAUSE_MS = 2000; // after a picture that could not be had
const AGAIN_MS = 3000; // what is in view, in words
const SWITCHES = [ // a camera's field, what it says, and which way round it is shown
  ["watched", "Watch it"],
  ["private", "Privacy: look at nothing"],
  ["record", "Keep pictures"],
  ["describe", "A model outside may see them"],
];
const cards = new Map(); // camera -> Card
let shown = false;

class Card {
  constructor(camera) {
    this.id = camera.id;
    this.canvas = el("canvas", { width: 640, height: 360, role: "img" });
    this.title = el("b");
    this.says = el("small", { role: "status" });
    this.settings = el("div", { class: "settings" });
    this.drawing = null;
    this.tracks = [];
    this.image = null;
    this.running = false;
    const menu = el("details", {}, el("summary", {}, "Settings"), this.settings);
    this.node = el("article", { class: "camera", "data-camera": camera.id },
      this.canvas, el("div", { class: "caption" }, this.title, this.says), menu);
    this.show(camera);
  }

  show(camera) {
    this.camera = camera;
    this.title.textContent = camera.looks_at || camera.name;
    if (this.says.textContent !== camera.says) this.says.textContent = camera.says; // it is read out
    this.canvas.setAttribute("aria-label", `${this.title.textContent}: ${camera.says}`);
    this.node.classList.toggle("dark", camera.private || camera.state !== "seeing");
    if (!this.drawing) this.paintSettings();
    this.paint();
  }

  // Only where they changed: somebody may be typing there.
  paintSettings(anew = false) {
    const shown = JSON.stringify([this.camera.looks_at, this.camera.zones, SWITCHES.map(([field]) => this.camera[field])]);
    if (shown === this.settingsShown && !anew) return;
    this.settingsShown = shown;
    const place = el("input", {
      "aria-label": "Where it looks", placeholder: "Where does it look?", maxlength: 40,
      value: this.camera.looks_at,
    });
    const name = el("form", {}, place, el("button", {}, "Save"));
    name.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ looks_at: place.value, watched: true });
    });
    const switches = SWITCHES.map(([field, says]) => {
      const box = el("input", { type: "checkbox", checked: this.camera[field] });
      box.addEventListener("change", () => this.change({ [field]: box.checked }));
      return el("label", {}, box, says);
    });
    const zones = this.camera.zones.map((zone, its) => {
      const drop = el("button", { type: "button", "aria-label": `Remove ${zone.name}` }, "×");
      drop.addEventListener("click", () =>
        this.change({ zones: this.camera.zones.filter((_, at) => at !== its) }));
      return el("li", { class: zone.use }, zone.use === "ignore" ? `not ${zone.name}` : zone.name, drop);
    });
    const draw = el("button", { type: "button" }, "Draw a zone");
    draw.addEventListener("click", () => this.draw());
    this.settings.replaceChildren(name, ...switches, el("ul", { class: "zones" }, ...zones), draw);
  }

  draw() {
    this.drawing = new Drawing(this.canvas, () => this.paint());
    const name = el("input", { "aria-label": "Zone's name", placeholder: "Its name: street", maxlength: 40, required: true });
    const use = el("select", { "aria-label": "What it is for" },
      el("option", { value: "ignore" }, "Never look there"), el("option", { value: "watch" }, "Tell me where"));
    const says = el("p", { role: "status" }, "Click its corners in the picture, then name it.");
    const form = el("form", {}, says, name, use, el("button", { class: "primary" }, "Keep"));
    const leave = el("button", { type: "button" }, "Leave it");
    form.append(leave);
    const end = () => {
      this.drawing.end();
      this.drawing = null;
      this.paintSettings(true);
      this.paint();
    };
    leave.addEventListener("click", end);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { points } = this.drawing;
      if (points.length < 3) {
        says.textContent = "Three corners at least: click them in the picture.";
        return;
      }
      const zone = { name: name.value.trim(), points, use: use.value };
      end();
      await this.change({ zones: [...this.camera.zones, zone] });
    });
    this.settings.replaceChildren(form);
  }

  async change(changes) {
    try {
      this.show(await ask("/api/cameras/settings", { camera: this.id, ...changes }));
      if (shown) this.run();
    } catch (error) {
      this.paintSettings(true); // as they are, not as they were wanted
      this.settings.append(el("p", { role: "alert" }, error.message));
    }
  }

  paint() {
    const { canvas, image } = this;
    const pen = canvas.getContext("2d");
    if (this.camera.private) {
      this.image = null;
      pen.clearRect(0, 0, canvas.width, canvas.height);
      return;
    }
    if (image) {
      if (canvas.width !== image.width || canvas.height !== image.height) {
        canvas.width = image.width;
        canvas.height = image.height;
      }
      pen.drawImage(image, 0, 0);
    }
    drawZones(pen, this.camera.zones);
    drawBoxes(pen, this.tracks);
    this.drawing?.paint(pen);
  }

  // One picture after the other, for as long as this is looked at.
  async run() {
    if (this.running) return;
    this.running = true;
    let after = 0;
    while (shown && cards.get(this.id) === this && !this.camera.private) {
      try {
        const answer = await fetch(`/api/cameras/frame?camera=${encodeURIComponent(this.id)}&after=${after}`);
        if (answer.status === 401) location.href = "/login";
        if (answer.status === 200) {
          after = Number(answer.headers.get("X-Number"));
          this.tracks = JSON.parse(answer.headers.get("X-Tracks") ?? "[]");
          this.image = await createImageBitmap(await answer.blob());
          this.paint();
        } else if (answer.status !== 204) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
    this.running = false;
  }
}

function drawBoxes(pen, tracks) {
  const { width, height } = pen.canvas;
  pen.lineWidth = Math.max(2, width / 300);
  pen.font = `600 ${Math.max(13, width / 45)}px system-ui, sans-serif`;
  for (const { label, box: [left, top, right, bottom], still } of tracks) {
    const [x, y] = [left * width, top * height];
    pen.strokeStyle = still ? "#9daaa4" : "#d9a92f";
    pen.strokeRect(x, y, (right - left) * width, (bottom - top) * height);
    const { width: wide, actualBoundingBoxAscent: high } = pen.measureText(label);
    pen.fillStyle = pen.strokeStyle;
    pen.fillRect(x, Math.max(0, y - high - 8), wide + 10, high + 8);
    pen.fillStyle = "#1f2c28";
    pen.fillText(label, x + 5, Math.max(high + 4, y - 4));
  }
}

export async function showCameras() {
  const { cameras, problem } = await ask("/api/cameras");
  for (const id of cards.keys()) if (!cameras.some((camera) => camera.id === id)) cards.delete(id);
  for (const camera of cameras) {
    const card = cards.get(camera.id);
    if (card) card.show(camera);
    else cards.set(camera.id, new Card(camera));
  }
  const nodes = cameras.map((camera) => cards.get(camera.id).node);
  const same = nodes.length === $("cameras").children.length && nodes.every((n, i) => n === $("cameras").children[i]);
  if (!same) $("cameras").replaceChildren(...nodes);
  $("eyes-problem").textContent = problem || (cameras.length ? "" : "No cameras yet. I am looking for them; one can be added here by its address.");
  if (shown) for (const card of cards.values()) card.run();
}

$("show-eyes").addEventListener("click", async (event) => {
  shown = document.body.classList.toggle("eyes-shown");
  event.currentTarget.setAttribute("aria-pressed", shown);
  event.currentTarget.textContent = shown ? "Chat" : "Cameras";
  if (shown) await Promise.all([showCameras(), showTimeline()]);
});

setInterval(() => {
  if (shown) showCameras().catch(() => {});
}, AGAIN_MS);

document.addEventListener("visibilitychange", () => {
  shown = !document.hidden && document.body.classList.contains("eyes-shown");
  if (shown) showCameras().catch(() => {});
});

$("add-camera").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const says = $("add-says");
  says.textContent = "Looking …";
  try {
    const { words } = await ask("/api/cameras/add", Object.fromEntries(new FormData(form)));
    form.reset();
    says.textContent = words;
    await showCameras();
  } catch (error) {
    says.textContent = error.message;
  }
});
