// Small helpers: elements from data, and requests to the daemon.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children); // strings become text nodes: a device's name is never markup
  return node;
}

export class NotTaken extends Error {
  constructor(status, message) {
    super(message);
    this.status = status; // 0: the daemon was not reached
  }
}

export async function ask(path, body) {
  const request = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new NotTaken(0, "I cannot be reached.");
  }
  if (answer.status === 401) location.href = "/login";
  if (!answer.ok) throw new NotTaken(answer.status, await reason(answer));
  return answer.json();
}

async function reason(answer) {
  const text = await answer.text();
  try {
    const { detail } = JSON.parse(text);
    return typeof detail === "string" ? detail : "That cannot be read.";
  } catch {
    return text.slice(0, 300) || `error ${answer.status}`;
  }
}

// Times as Dobby says them: the owner's zone, twenty-four hours; also on a phone that is abroad.
const said = (how) => new Intl.DateTimeFormat("en-GB", { timeZone: document.documentElement.dataset.zone, ...how });
const CLOCK = said({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = said({ weekday: "long", day: "numeric", month: "long" });

export const clock = (at) => CLOCK.format(new Date(at));
export const day = (at) => DAY.format(new Date(at));

export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID needs https
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
