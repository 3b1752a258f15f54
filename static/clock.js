// The countdown of every floor page: chair, participant and room display compute what is left with this one function.
// The clock is the server's: a device may be minutes off and a phone may have slept. Reaching zero does nothing here.

// What is left of a limit, in milliseconds; negative for an overrun. All instants are the server's.
export function remaining({ limit, started, paused, pausedTotal }, serverNow) {
  return limit - Math.max(0, (paused ?? serverNow) - started - pausedTotal);
}

// As the server writes it (meetings/display.py, minutes): 1:05, and −0:12 from the first whole second of overrun.
export function spelled(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${ms <= -1000 ? "−" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// As in meetings/floor/rules.py, stage.
export function stage(clock, left) {
  if (clock.paused !== null) return "paused";
  return left <= -1000 ? "over" : left <= clock.warning ? "ending" : "running";
}

// How far the server's clock is ahead of this device's, from samples of both; the one with the shortest way counts.
export class ServerClock {
  #best = null;

  constructor(deviceNow = () => Date.now()) {
    this.deviceNow = deviceNow;
  }

  // A sample: the server's time, and this device's when it asked and when it got the answer.
  offer(server, asked, answered) {
    const sample = { offset: server - (asked + answered) / 2, way: Math.max(0, answered - asked) };
    const best = this.#best;
    // Two samples that cannot both be right: this device's clock was set meanwhile, so the newer one counts.
    const moved = best && Math.abs(sample.offset - best.offset) > (sample.way + best.way) / 2 + 500;
    if (!best || moved || sample.way <= best.way) this.#best = sample;
  }

  now() {
    return this.deviceNow() + (this.#best?.offset ?? 0);
  }
}

const serverClock = new ServerClock();

function read(element) {
  const { limit, started, paused, pausedTotal, warning } = element.dataset;
  return {
    limit: Number(limit),
    started: Number(started),
    paused: paused === undefined ? null : Number(paused),
    pausedTotal: Number(pausedTotal),
    warning: Number(warning),
  };
}

function show(element) {
  const clock = read(element);
  const left = remaining(clock, serverClock.now());
  const now = stage(clock, left);
  const time = element.querySelector("[data-time]");
  if (time.textContent !== spelled(left)) time.textContent = spelled(left);
  const bar = element.querySelector("[data-bar]"); // empties as the time does
  if (bar) bar.value = Math.max(0, left);
  if (element.dataset.stage === now) return;
  element.dataset.stage = now;
  for (const words of element.querySelectorAll("[data-words]")) words.hidden = words.dataset.words !== now;
}

// Show every countdown of the page as it stands.
function showAll() {
  document.querySelectorAll("[data-clock]").forEach(show);
}

// Ask the server what time it is. Not more than one question at a time; one without an answer teaches nothing.
let asking = false;
async function ask(address) {
  if (asking) return;
  asking = true;
  const asked = Date.now();
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(5_000) });
    const server = Number(await answer.text());
    if (answer.ok && server) serverClock.offer(server, asked, Date.now());
    showAll();
  } catch {
    // no connection: static/refresh.js says so
  } finally {
    asking = false;
  }
}

// Calls back when this device's clock was set, or when the device (or its timers) stood still for a while.
function watchDevice(onWake) {
  let [device, running] = [Date.now(), performance.now()];
  setInterval(() => {
    const before = [device, running];
    [device, running] = [Date.now(), performance.now()];
    const ran = running - before[1];
    if (!document.hidden && (ran > 5_000 || Math.abs(device - before[0] - ran) > 1_000)) onWake();
  }, 500);
}

// The page itself is the first sample: asked and answered as the browser measured it.
function start(page) {
  const way = performance.getEntriesByType("navigation")[0];
  const opened = Date.now() - performance.now();
  serverClock.offer(Number(page.dataset.serverNow), opened + way.requestStart, opened + way.responseStart);
  // More samples: whenever a connection is made, each minute, after a sleep, and when what the server writes into its
  // messages does not agree with the clock here. (Events, not imports: the addresses of scripts carry their version.)
  const sample = () => document.hidden || ask(page.dataset.serverClock);
  document.addEventListener("connection", ({ detail }) => detail.ok && sample());
  document.addEventListener("visibilitychange", sample);
  document.addEventListener("server-heard", ({ detail }) => {
    const ahead = detail.server - serverClock.now();
    // A message may be as old as what it shows, so it only proves that it is not earlier than that.
    if (ahead > 1_000 || (detail.fresh && ahead < -2_000)) sample();
  });
  setInterval(sample, 60_000);
  watchDevice(() => {
    sample();
    document.dispatchEvent(new CustomEvent("woke"));
  });
  document.addEventListener("swapped", showAll);
  showAll();
  setInterval(showAll, 200);
}

const page = document.querySelector("[data-server-now]");
if (page) start(page);
