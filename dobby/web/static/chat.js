// The chat: lines by id, so that a line told twice is shown once, and one told otherwise is changed
// in its place; and what is still to be sent.

import { $, el, ask, clock, day, randomId } from "./dom.js";

const IDEAS = ["What can you do?", "Play jazz in the kitchen", "Which lights are on?", "How warm is it?"];
const RETRY_MS = 3000;
const ANSWERED_WITHIN_MS = 3 * 60_000;
const KEPT = "dobby.say."; // unsent messages outlive the page in the browser's storage
const DRAFTED = "My model says, and nobody has looked: ";
const VIA = { whatsapp: "WhatsApp", sms: "SMS" };

const lines = $("lines");
const field = $("text");
const shown = new Map(); // id -> its node
let draft = null; // only of what has done nothing: a reply that changed something has receipts
let greeting = null;
let dots = null;

function place(node, follow = following) {
  lines.append(node);
  if (draft && node !== draft) lines.append(draft);
  if (dots && node !== dots) lines.append(dots);
  if (follow) toEnd();
  return node;
}

// Whoever reads further up is left there; else the end stays in sight, also above a keyboard.
let following = true;
lines.addEventListener("scroll", () => {
  following = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
}, { passive: true });
new ResizeObserver(() => { if (following) toEnd(); }).observe(lines);

function toEnd() {
  lines.scrollTop = lines.scrollHeight;
  following = true;
}

function make(said) {
  const node = el("li", { class: said.who });
  fill(node, said);
  if (said.at) node.title = `${day(said.at)}, ${clock(said.at)}`;
  if (said.id) shown.set(said.id, node);
  return node;
}

function fill(node, said) {
  node.replaceChildren(el("span", { class: "sr" }, said.who === "me" ? "You: " : "Dobby: "), said.text);
  for (const address of said.pictures ?? []) {
    const picture = el("img", { src: address, alt: "Picture from a camera", loading: "lazy" });
    node.append(el("a", { href: address, target: "_blank" }, picture));
  }
  if (said.via) node.append(el("small", {}, `by ${VIA[said.via] ?? said.via}`));
  node.says = says(said);
}

// What a line says; a picture's address is signed anew now and then, its path stays.
function says(said) {
  return [said.text, ...(said.pictures ?? []).map((address) => address.split("?")[0])].join("\n");
}

function change(node, said) {
  node.classList.remove("unsent");
  const unseen = [...node.querySelectorAll("img")].some((picture) => !picture.naturalWidth);
  if (unseen || node.says !== says(said)) fill(node, said);
  return node;
}

export function hearLine(said) {
  const known = shown.get(said.id);
  if (said.changed) { // an older line says something else: no answer to what was asked last
    if (known) change(known, said);
    return;
  }
  greet(false);
  if (said.who === "dobby") {
    endDraft();
    wait(false);
  }
  if (known) change(known, said);
  else place(make(said));
  if (said.who === "me") wait(true);
}

export function hearDraft(text) {
  if (!text) return;
  wait(false);
  draft ??= place(el("li", { class: "dobby draft", "aria-live": "off" }, el("small", {}, DRAFTED)));
  draft.append(text);
  if (following) toEnd();
}

function endDraft() {
  draft?.remove();
  draft = null;
}

function wait(on) {
  dots?.remove();
  dots = null;
  if (on && !draft) {
    const says = el("span", { class: "sr" }, "Dobby is thinking");
    dots = place(el("li", { class: "dobby dots" }, el("i"), el("i"), el("i"), says));
  }
}

// The last lines as the daemon has them: what is missing here is filled in, in its order.
export function catchUp(told, drafted = "") {
  endDraft();
  wait(false);
  greet(!told.length && !unsent().length);
  for (const said of told) {
    const known = shown.get(said.id);
    lines.append(known ? change(known, said) : make(said));
  }
  for (const kept of unsent()) showUnsent(kept);
  const last = told.at(-1);
  if (drafted) hearDraft(drafted);
  else wait(last?.who === "me" && Date.now() - Date.parse(last.at) < ANSWERED_WITHIN_MS);
  if (following) toEnd();
}

function greet(on) {
  greeting?.remove();
  greeting = on ? place(el("li", { class: "dobby" }, "I am here. What shall the house do?")) : null;
  $("ideas").replaceChildren(...(on ? IDEAS : []).map((idea) => {
    const button = el("button", { type: "button" }, idea);
    button.addEventListener("click", () => say(idea));
    return button;
  }));
}

// A remark of the page itself, not a part of the conversation.
function remark(text, problem = false) {
  place(el("li", { class: problem ? "remark problem" : "remark" }, text), true);
}

// What is to be sent ----------------------------------------------------------------------------

function unsent() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(KEPT))
    .map((key) => ({ id: key.slice(KEPT.length), ...JSON.parse(localStorage.getItem(key)) }))
    .sort((a, b) => a.at - b.at);
}

function showUnsent(kept) {
  const node = shown.get(kept.id) ?? make({ who: "me", ...kept, at: new Date(kept.at) });
  node.classList.add("unsent");
  place(node);
}

export function say(text) {
  text = text.trim();
  if (!text) return;
  const kept = { text, at: Date.now() };
  const id = randomId();
  localStorage.setItem(KEPT + id, JSON.stringify(kept));
  greet(false);
  const node = place(make({ id, who: "me", ...kept }), true);
  setTimeout(() => { if (localStorage.getItem(KEPT + id)) node.classList.add("unsent"); }, 600);
  flush();
}

let sending = false;
export async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let next = unsent()[0]; next; next = unsent()[0]) {
      if (!(await deliver(next))) return;
    }
  } finally {
    sending = false;
  }
}

// Sent under one id however often it is tried, so it is obeyed once. False: not now.
async function deliver({ id, text, at }) {
  const node = shown.get(id);
  try {
    await ask("/api/chat", { id, text, age_s: Math.max(0, (Date.now() - at) / 1000) });
    node?.classList.remove("unsent");
  } catch (error) {
    if ([0, 408, 429].includes(error.status) || error.status >= 500) {
      node?.classList.add("unsent");
      setTimeout(flush, RETRY_MS);
      return false;
    }
    if (error.status === 401) return false; // kept until the owner is back
    node?.classList.replace("unsent", "failed") || node?.classList.add("failed");
    remark(`That did not reach me: ${error.message}`, true);
  }
  localStorage.removeItem(KEPT + id);
  return true;
}

export function forget() {
  for (const { id } of unsent()) localStorage.removeItem(KEPT + id);
}

// Writing ---------------------------------------------------------------------------------------

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 180)}px`;
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
  say(field.value);
  field.value = "";
  grow();
  field.focus();
});

export function begin(text) {
  field.value = text;
  grow();
  field.focus();
}
