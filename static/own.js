// A participant's own request on their page: place and expected time are put into the sentences that the server wrote,
// and when the request stands elsewhere (called, speaking, not reached …) its block is fetched anew. Whoever is next is
// told so once: by a notice, the page's title, the voice of a screen reader, and where the device can, by vibration.
const QUICK_MS = 300;
const ALERT_MS = 10_000;
const CROWD_MS = 5_000; // what changes for all at once is not fetched by all at once

const block = () => document.querySelector("[data-own]");
const forms = () => document.querySelector("[data-forms]");
const title = document.title;
let told = ""; // what the person was last told about being next
let newest = null; // the newest message
let planned = 0; // the fetch that is to come, and when
let plannedFor = Infinity;
let onItsWay = false;
let forgetting = 0;

const wait = (ms) => ms * (0.1 + 0.9 * Math.random());

function fill(own, name, text) {
  for (const slot of own.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = text;
}

// A message of the live part: where every open request stands.
function heard(message) {
  newest = message;
  const { requests } = message;
  const own = block();
  if (!own || !requests) return;
  const { request, status } = own.dataset;
  const standing = requests[request];
  const open = ["requested", "called", "set_aside", "speaking", "paused"].includes(status);
  const held = ["speaking", "paused"].includes(status);
  if (held && standing?.[0] !== status) {
    // On a slow connection nobody who is done sees their clock go on until the block has arrived.
    for (const each of own.querySelectorAll("[data-clock], [data-own-says]")) each.remove();
    tellOnce();
  }
  if (!standing) return open ? fetchAnew(held ? QUICK_MS : CROWD_MS) : undefined;
  const [now, place, at] = standing;
  if (now !== status) return fetchAnew(QUICK_MS);
  if (place === null) return;
  const choices = own.querySelectorAll("[data-when]");
  if (at !== null && now === "requested" && !choices.length) return fetchAnew(CROWD_MS); // the session has begun
  // Before the session the time is in a sentence of the server's.
  if (at === null && !choices.length && String(place) !== own.dataset.place) fetchAnew(CROWD_MS);
  const waiting = Object.values(requests).filter(([, each]) => each !== null).length;
  const moved = own.querySelector("#lower") ? place === waiting : place < waiting;
  fill(own, "place", place);
  for (const each of own.querySelectorAll("[data-seen-place]")) each.value = place;
  fill(own, "waiting", waiting);
  fill(own, "time", at ?? "");
  const shown = at === null ? "none" : place === 1 ? "first" : "time";
  for (const each of choices) each.hidden = !each.dataset.when.split(" ").includes(shown);
  tellOnce();
  if (moved && now === "requested") fetchAnew(CROWD_MS); // the buttons that let others go first come or go
}

// The speaking time of one's category, as the live part has it, wherever the page around it speaks of it.
function showLimit() {
  const limits = JSON.parse(document.querySelector("[data-limits]").dataset.limits);
  const [limit, written] = limits[forms().dataset.category] ?? limits[""];
  fill(document, "limit", written);
  for (const each of document.querySelectorAll("[data-reads]")) each.hidden = Number(each.dataset.reads) <= limit;
  for (const meter of document.querySelectorAll("[data-meter]")) {
    if (Number(meter.dataset.limit) === limit) continue;
    meter.dataset.limit = meter.querySelector("meter").max = limit;
    document.dispatchEvent(new CustomEvent("limit")); // static/ask.js measures again
  }
}

// One fetch at a time, and the sooner one of two that are wanted.
function fetchAnew(within) {
  const due = performance.now() + wait(within);
  if (onItsWay || due >= plannedFor) return;
  clearTimeout(planned);
  plannedFor = due;
  planned = setTimeout(fetchNow, due - performance.now());
}

async function fetchNow() {
  plannedFor = Infinity;
  onItsWay = true;
  let html = null;
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(15_000) });
    if (answer.ok) html = await answer.text();
  } catch {
    // no connection: it is tried again
  }
  onItsWay = false;
  if (html === null) return fetchAnew(CROWD_MS);
  replace(html);
  heard(newest); // what was heard while it was on its way
}

function replace(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-own]");
  if (!fresh) return location.reload(); // another page now
  const focused = block().contains(document.activeElement) ? document.activeElement.id : "";
  for (const open of block().querySelectorAll("details[open][id]")) {
    const same = fresh.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  if (fresh.dataset.status !== block().dataset.status) {
    // What was said of an earlier state ("You are on the list") is no longer so.
    document.querySelectorAll("main > .notice:not([data-note])").forEach((each) => each.remove());
  }
  block().replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const freshForms = page.querySelector("[data-forms]");
  if (freshForms && !inUse(forms())) forms().replaceChildren(...document.adoptNode(freshForms).childNodes);
  document.dispatchEvent(new CustomEvent("swapped"));
  document.dispatchEvent(new CustomEvent("own-swapped"));
  tellOnce(true);
}

// Whether somebody is at the forms: then they stay as they are, and the server says what can no longer be done.
function inUse(area) {
  if (area.contains(document.activeElement) || area.querySelector("form[data-sending]")) return true;
  return [...area.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => {
    if (field.matches("[type=file]")) return field.files.length > 0;
    if (field.matches("[type=radio]")) return field.checked !== field.defaultChecked;
    if (field.matches("select")) return !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0;
    return field.value !== field.defaultValue;
  });
}

const saying = () =>
  [...(block()?.querySelectorAll("[data-own-says]:not([hidden])") ?? [])]
    .map((each) => each.textContent.trim().replace(/\s+/g, " "))
    .join(" ");

// What is new is said once: at once when it is their turn, else when the reader has time.
function tellOnce(swapped = false) {
  const own = block();
  if (!own) return;
  const { status, calledTitle, nextTitle } = own.dataset;
  const first = status === "requested" && own.querySelector('[data-when="first"]:not([hidden])') !== null;
  const urgent = ["called", "speaking"].includes(status) || first;
  document.title = status === "called" ? calledTitle : first ? nextTitle : title;
  const says = saying();
  if (says === told) return;
  told = says;
  const alert = document.querySelector("[data-alert]");
  alert.textContent = urgent ? says : "";
  clearTimeout(forgetting);
  forgetting = setTimeout(() => (alert.textContent = ""), ALERT_MS); // said once, not read twice on the page
  if (says && swapped && !urgent) document.querySelector("[data-announce]").textContent = says;
  if (says && urgent && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([300, 150, 300]);
}

showLimit();
told = saying(); // what the page says when it opens is read with it
tellOnce();
document.addEventListener("swapped", showLimit);
document.addEventListener("floor", ({ detail }) => heard(detail));
