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

// The page itself is the first sample: asked and answered as the browser measured it.
function start(page) {
  const way = performance.getEntriesByType("navigation")[0];
  const opened = Date.now() - performance.now();
  serverClock.offer(Number(page.dataset.serverNow), opened + way.requestStart, opened + way.responseStart);
  // static/refresh.js tells of every later answer. (Not by an import: the addresses of scripts carry their version.)
  document.addEventListener("server-time", ({ detail }) => serverClock.offer(detail.server, detail.asked, detail.answered));
  document.addEventListener("swapped", showAll);
  showAll();
  setInterval(showAll, 200);
}

const page = document.querySelector("[data-server-now]");
if (page) start(page);
