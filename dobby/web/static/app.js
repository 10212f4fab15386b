// The page: a chat and the live house beside it, both fed by one event stream.

import { $, ask } from "./dom.js";
import { catchUp, flush, forget, hearDraft, hearLine } from "./chat.js";
import { showCameras } from "./cameras.js";
import { showDevices, showHouse } from "./house.js";
import { hearIncident, showTimeline } from "./timeline.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
const SILENCE_MS = 50_000; // the daemon says something every 25 s
let pause = FIRST_PAUSE_MS;
let stream = null;
let watchdog = 0;

const HEARD = {
  hello({ lines, draft, house }) {
    pause = FIRST_PAUSE_MS;
    $("link").textContent = "";
    document.body.classList.remove("lost");
    catchUp(lines, draft);
    showHouse(house);
    if (document.body.classList.contains("eyes-shown")) showTimeline().catch(() => {}); // what was missed
    flush();
  },
  lines: ({ lines }) => catchUp(lines),
  line: hearLine,
  draft: ({ text }) => hearDraft(text),
  house(house) {
    showHouse(house);
    if (document.body.classList.contains("eyes-shown")) showCameras().catch(() => {}); // one may have come
  },
  devices: ({ devices }) => showDevices(devices),
  incident: hearIncident,
  beat() {},
};

function connect() {
  stream?.close();
  stream = new EventSource("/api/events");
  stream.addEventListener("error", lost);
  for (const [name, hear] of Object.entries(HEARD)) {
    stream.addEventListener(name, (event) => {
      watch();
      hear(JSON.parse(event.data));
    });
  }
  watch();
}

function watch() {
  clearTimeout(watchdog);
  watchdog = setTimeout(lost, SILENCE_MS);
}

// The browser's own reconnection gives up on some errors and tells nobody of a closed session.
function lost() {
  clearTimeout(watchdog);
  stream.close();
  $("link").textContent = "not connected; trying again";
  document.body.classList.add("lost");
  setTimeout(async () => {
    await ask("/api/history?limit=1").then(connect, lost); // 401 leads to the login
  }, pause * (0.7 + Math.random() * 0.6));
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

$("show-house").addEventListener("click", (event) => {
  const shown = document.body.classList.toggle("house-shown");
  event.currentTarget.setAttribute("aria-pressed", shown);
  event.currentTarget.textContent = shown ? "Chat" : "House";
});

$("logout").addEventListener("submit", forget);

// Lines of other channels (a text from the phone) are not on the stream: looked for on return.
document.addEventListener("visibilitychange", async () => {
  if (!document.hidden && !document.body.classList.contains("lost")) {
    const { lines } = await ask("/api/history").catch(() => ({ lines: null }));
    if (lines) catchUp(lines);
  }
});

connect();
if ($("demo")) import("./demo.js");
