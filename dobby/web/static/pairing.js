// Who waits on the doorstep: one click (or a PIN, or a password), and they are in.

import { $, el, ask } from "./dom.js";
import { icon } from "./icons.js";

const BUTTON_S = 30; // as long as a bridge's button counts
const AGAIN_MS = 2000;
const cards = new Map(); // key -> its node; kept while it is being paired
const shortcuts = { press: null, pin: "", user: "", password: "" }; // the demo's: it knows them all

export function useShortcuts(given) {
  Object.assign(shortcuts, given);
  cards.clear();
  showStrangers(last);
}

let last = [];
export function showStrangers(strangers) {
  last = strangers;
  const keys = new Set(strangers.map((stranger) => stranger.key));
  for (const key of cards.keys()) if (!keys.has(key)) cards.delete(key);
  for (const stranger of strangers) {
    if (!cards.has(stranger.key)) cards.set(stranger.key, card(stranger));
  }
  const now = strangers.map((stranger) => cards.get(stranger.key));
  const same = now.length === $("strangers").children.length && now.every((n, i) => n === $("strangers").children[i]);
  if (!same) $("strangers").replaceChildren(...now); // else a half-typed PIN would lose its focus
}

function card(stranger) {
  const says = el("p", { role: "status" }, stranger.says);
  const form = el("form", {});
  const button = el("button", { class: "primary" });
  const fields = asked(stranger);
  button.textContent = !fields.length && shortcuts.press ? "Press its button and pair" : "Pair";
  form.append(...fields, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      if (!fields.length && shortcuts.press) await shortcuts.press();
      const told = fields.map((field) => field.value).join(":");
      await (told ? pair(stranger.key, told) : pairWithButton(stranger.key, says)); // the chat says so
    } catch (error) {
      says.textContent = error.message;
    } finally {
      button.disabled = false;
    }
  });
  return el("article", { class: "stranger", "data-family": stranger.family },
    icon("link"), el("div", {}, el("b", {}, stranger.name), says, form));
}

// What has to be typed: a PIN, or a user and a password, or nothing.
function asked({ name, needs }) {
  const all = { autocomplete: "off", required: true, size: 11 };
  if (needs === "pin") {
    return [el("input", {
      ...all, "aria-label": `PIN of ${name}`, placeholder: "123-45-678", inputmode: "numeric",
      maxlength: 20, value: shortcuts.pin,
    })];
  }
  if (needs !== "password") return [];
  return [
    el("input", {
      ...all, "aria-label": `User of ${name}`, placeholder: "User", maxlength: 64, value: shortcuts.user,
      autocapitalize: "none", spellcheck: "false", pattern: "[^:]+", title: "A user name has no colon in it.",
    }),
    el("input", {
      ...all, type: "password", "aria-label": `Password of ${name}`, placeholder: "Password",
      maxlength: 128, autocomplete: "new-password", value: shortcuts.password,
    }),
  ];
}

const pair = (key, pin) => ask("/api/pair", { key, pin });

// Tried until the button was pressed: time to walk to the bridge.
async function pairWithButton(key, says) {
  const until = Date.now() + BUTTON_S * 1000;
  for (;;) {
    try {
      return await pair(key, null);
    } catch (error) {
      if (error.status !== 409 || Date.now() > until) throw error;
      says.textContent = `Press the button now: I try for ${Math.ceil((until - Date.now()) / 1000)} s more.`;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
