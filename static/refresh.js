// Keeps a page's live part up to date: the server streams it whenever it changes (meetings/floor/views/streams.py), and
// where something holds streams back, the page is asked for every few seconds. Scripts of single pages listen on the
// document for `floor` (each message), `swapped` (the part shows it) and `connection` ({ok}); static/clock.js also for
// `server-heard`, and it tells of `woke`. Without this script the page has a link to reload it.
const FIRST_EVENT_MS = 5_000; // a stream that has brought nothing by then is held back on the way
const LOST_MS = 5_000; // so long a page is good without a connection
const SILENT_MS = 45_000; // the server says every 20 s that it is there
const POLL_MS = 3_000;
const LONGEST_PAUSE_MS = 15_000;
const TRY_STREAM_MS = 60_000;
const HIDDEN_MS = 300_000;
const ANNOUNCE_MS = 4_000;

const live = document.querySelector("[data-live]");
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const note = (name, shown) => document.querySelectorAll(`[data-note="${name}"]`).forEach((each) => (each.hidden = !shown));
const jittered = (ms) => ms * (0.5 + Math.random());

// ---- What is shown

let newest = live.dataset.live; // the tag of the newest message, shown or held
let held = null; // the newest message, while it cannot be shown
let pressing = false; // a press lasts: its button must not be replaced before it is let go

// Tags begin with session, version and minute.
function isOlder(tag, than) {
  const [a, b] = [tag, than].map((each) => each.split("-").slice(1, 3).map(Number));
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function receive(message) {
  newest = message.tag;
  tell("server-heard", { server: message.now, fresh: false });
  tell("floor", message);
  held = message;
  show();
}

const touched = (field) =>
  field === document.activeElement ||
  (field.matches("select") ? !field.selectedOptions[0]?.defaultSelected : field.value !== field.defaultValue);

// Nothing is swapped while somebody fills in a field of the live part.
const beingFilledIn = () => [...live.querySelectorAll("input:not([type=hidden]), textarea, select")].some(touched);

function show() {
  if (held) {
    const waits = beingFilledIn();
    note("changed", waits);
    if (!waits && !pressing) swap();
  }
  announce();
}

function swap() {
  const fresh = document.createElement("template");
  fresh.innerHTML = held.html;
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  for (const each of live.querySelectorAll("details[id]")) {
    const same = fresh.content.getElementById(each.id);
    if (same) same.open = each.open;
  }
  const [x, y] = [scrollX, scrollY];
  live.replaceChildren(fresh.content);
  live.dataset.live = held.tag;
  held = null;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (x !== scrollX || y !== scrollY) scrollTo(x, y);
  tell("swapped");
}

live.addEventListener("pointerdown", () => (pressing = true));
live.addEventListener("keydown", ({ key }) => (pressing = key === " " || key === "Enter"));
const letGo = () =>
  pressing &&
  setTimeout(() => {
    pressing = false;
    show();
  }, 100); // the click comes after the pointer is up
for (const name of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(name, letGo);
addEventListener("blur", letGo);
live.addEventListener("input", show);
live.addEventListener("focusout", () => setTimeout(show));

// ---- What is said to those who listen to the page: only what is new, and not all the time

const saying = () => document.querySelector("[data-says]")?.textContent.trim().replace(/\s+/g, " ") ?? "";
let said = saying();
let saidAt = -ANNOUNCE_MS;
let sayingTimer = 0;

function announce() {
  clearTimeout(sayingTimer);
  const speaker = document.querySelector("[data-announce]");
  if (!speaker || saying() === said) return;
  const wait = saidAt + ANNOUNCE_MS - performance.now();
  if (wait > 0) {
    sayingTimer = setTimeout(announce, wait);
    return;
  }
  said = speaker.textContent = saying();
  saidAt = performance.now();
}

// ---- Whether what is shown is still right

let ok = null; // nothing was heard yet
let heardAt = performance.now();
let lostAt = null;

function heard() {
  heardAt = performance.now();
  lostAt = null;
  setConnection(true);
}

function lost() {
  lostAt ??= performance.now();
}

function setConnection(good) {
  if (ok === good) return;
  ok = good;
  note("offline", !ok);
  ok ? enable() : disable();
  tell("connection", { ok });
}

let refocus = ""; // the button that had the focus when it was disabled
function disable() {
  refocus = document.activeElement?.id ?? "";
  for (const each of document.querySelectorAll("[data-live] button:enabled, [data-needs-connection]:enabled")) {
    each.disabled = true;
    each.dataset.offline = "";
  }
}

function enable() {
  for (const each of document.querySelectorAll("[data-offline]")) {
    each.disabled = false;
    delete each.dataset.offline;
  }
  if (refocus && document.activeElement === document.body) document.getElementById(refocus)?.focus({ preventScroll: true });
  refocus = "";
}

setInterval(() => {
  if (document.hidden) return;
  const now = performance.now();
  if (lostAt !== null && now - lostAt > LOST_MS) setConnection(false);
  if (now - heardAt > SILENT_MS) {
    setConnection(false);
    heardAt = now; // and once more after as long again
    connect();
  }
}, 1_000);

// ---- The stream

let source = null;
let failures = 0;
let retry = 0;
let tooLate = 0;

function connect() {
  disconnect();
  if ("polled" in live.dataset) return startPolling(); // a page without a stream
  const opened = performance.now();
  let first = true;
  let began = false;
  const address = new URL(location.pathname.replace(/\/?$/, "/stream"), location);
  address.search = new URLSearchParams({ tag: newest, language: document.documentElement.lang.replace("-", "_") });
  const stream = (source = new EventSource(address));
  tooLate = setTimeout(() => {
    disconnect();
    startPolling();
    retry = setTimeout(connect, jittered(TRY_STREAM_MS));
  }, FIRST_EVENT_MS);
  const begin = () => {
    clearTimeout(tooLate);
    began = true;
    stopPolling();
    heard();
  };
  stream.addEventListener("beat", ({ data }) => {
    begin();
    tell("server-heard", { server: JSON.parse(data).now, fresh: true });
  });
  stream.addEventListener("floor", ({ data }) => {
    begin();
    const message = JSON.parse(data);
    // The first of a connection is never older than what the server has stored.
    if (first || !isOlder(message.tag, newest)) receive(message);
    first = false;
  });
  stream.addEventListener("error", () => {
    if (stream !== source) return;
    disconnect();
    lost();
    if (performance.now() - opened > LONGEST_PAUSE_MS) failures = 0;
    retry = setTimeout(connect, jittered(Math.min(LONGEST_PAUSE_MS, 400 * 2 ** failures)));
    failures += 1;
    if (!began) startPolling(); // refused: the page's own address says why, or works without
  });
}

function disconnect() {
  clearTimeout(retry);
  clearTimeout(tooLate);
  source?.close();
  source = null;
}

// ---- Asking for the page, where the stream does not come through

let polling = 0;
let pollFailed = false;

function startPolling() {
  if (!polling) poll();
}

function stopPolling() {
  clearTimeout(polling);
  polling = 0;
}

async function poll() {
  const turn = (polling = setTimeout(poll, jittered(POLL_MS) + POLL_MS / 2)); // also where no answer comes
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(location.href, {
      headers: { "If-None-Match": `"${newest}"` },
      cache: "no-store",
      signal: AbortSignal.timeout(POLL_MS),
    });
  } catch {
    pollFailed = true;
    return lost();
  }
  if ([403, 404].includes(answer.status)) return location.reload(); // the link was replaced, or the role taken away
  if (!answer.ok && answer.status !== 304) {
    pollFailed = true;
    return lost();
  }
  tell("server-heard", { server: Number(answer.headers.get("Server-Now")), fresh: true });
  if (pollFailed) {
    pollFailed = false;
    failures = 0;
    connect(); // the server is there again
  }
  if (answer.ok && !read(await answer.text())) return location.reload(); // another page now: the sign-in has ended
  if (polling === turn) heard();
}

// Take the live part out of the page as the stream would have brought it; false where it has none.
function read(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-live]");
  if (!fresh) return false;
  const { live: tag, serverNow, requests } = fresh.dataset;
  const message = { tag, now: Number(serverNow), html: fresh.innerHTML };
  if (requests) message.requests = JSON.parse(requests);
  if (!isOlder(tag, newest)) receive(message);
  return true;
}

// ---- Sleeping, waking, coming and going

function wake() {
  heardAt = performance.now();
  if (lostAt !== null) lostAt = heardAt;
  connect();
}

let hiding = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(disconnect, HIDDEN_MS);
  else if (!source || performance.now() - heardAt > SILENT_MS / 2) wake();
});
document.addEventListener("woke", wake);
addEventListener("online", wake);
addEventListener("offline", () => {
  disconnect();
  lost();
  startPolling();
});
addEventListener("pagehide", disconnect);
addEventListener("pageshow", ({ persisted }) => persisted && wake());

document.querySelectorAll("[data-reload]").forEach((link) => (link.hidden = true));
connect();
