// The demo's corner: this house is virtual, so it may be broken.

import { $, el, ask } from "./dom.js";
import { useShortcuts } from "./pairing.js";

const SAYS = { slow_s: "slow", gone: "gone", refuse: "refuses", lie: "lies", frozen: "frozen" };
const SLOW_S = 3;
let devices = [];

const faultOf = (device) => Object.keys(SAYS).find((name) => device?.fault[name]) ?? "";

async function load() {
  const told = await ask("/api/demo/devices");
  devices = told.devices;
  const kept = $("fault-device").value;
  const families = [...new Set(devices.map((device) => device.family))];
  $("fault-device").replaceChildren(...families.map((family) =>
    el("optgroup", { label: family }, ...devices.filter((d) => d.family === family)
      .map((d) => el("option", { value: d.id }, faultOf(d) ? `${d.name}: ${SAYS[faultOf(d)]}` : d.name)))));
  if (devices.some((device) => device.id === kept)) $("fault-device").value = kept;
  show();
  return told;
}

function show() {
  $("fault").value = faultOf(devices.find((device) => device.id === $("fault-device").value));
  $("mend").hidden = !devices.some(faultOf);
}

function inject(id, fault) {
  return ask("/api/demo/faults", fault ? { id, [fault]: fault === "slow_s" ? SLOW_S : true } : { id });
}

// Whatever fails is said in the corner, and the choice shows what is true.
async function attempt(deed) {
  $("demo-says").textContent = "";
  try {
    await deed();
    await load();
  } catch (error) {
    $("demo-says").textContent = error.message;
  }
}

$("demo").addEventListener("toggle", () => $("demo").scrollIntoView({ block: "nearest" }));
$("fault-device").addEventListener("change", show);
$("fault").addEventListener("change", () => attempt(() => inject($("fault-device").value, $("fault").value)));
$("mend").addEventListener("click", () => attempt(async () => {
  for (const device of devices.filter(faultOf)) await inject(device.id, "");
}));
$("press").addEventListener("click", () => attempt(async () => {
  await ask("/api/demo/hue-button", {});
  $("demo-says").textContent = "Pressed; it counts for 30 seconds.";
}));

attempt(async () => {
  const { pin, cameras } = await load();
  const { user = "", password = "" } = cameras.find((camera) => camera.found) ?? {};
  $("pin").textContent = pin;
  $("password").textContent = `${user} ${password}`;
  useShortcuts({ pin, user, password, press: () => ask("/api/demo/hue-button", {}) });
});
