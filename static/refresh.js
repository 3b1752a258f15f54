// Keeps a page's live part up to date: asks every few seconds whether it has changed, and swaps it only then.
// Nothing is swapped while somebody fills in a field of it. Without this script the page has a link to reload it.
const EVERY_SECONDS = 3;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail })); // static/clock.js listens
const part = () => document.querySelector("[data-live]");
const note = (name, shown) => document.querySelectorAll(`[data-note="${name}"]`).forEach((each) => (each.hidden = !shown));

const touched = (field) =>
  field === document.activeElement ||
  (field.matches("select") ? !field.selectedOptions[0]?.defaultSelected : field.value !== field.defaultValue);

function beingFilledIn(live) {
  if (live.querySelector(".problems")) return true; // what was typed came back with what is wrong about it
  return [...live.querySelectorAll("input:not([type=hidden]), textarea, select")].some(touched);
}

function swap(html) {
  const live = part();
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-live]");
  if (!fresh) return location.reload(); // another page now: the sign-in has ended
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  for (const open of live.querySelectorAll("details[open][id]")) {
    const same = fresh.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  live.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus();
  tell("swapped");
  const says = fresh.querySelector("[data-says]")?.textContent.trim() ?? "";
  const speaker = document.querySelector("[data-announce]");
  if (speaker && speaker.textContent !== says) speaker.textContent = says; // a polite live region: only what changed
}

async function refresh() {
  const live = part();
  const asked = Date.now();
  let answer;
  try {
    answer = await fetch(location.href, {
      headers: { "If-None-Match": `"${live.dataset.live}"` },
      cache: "no-store",
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return note("offline", true);
  }
  const server = Number(answer.headers.get("Server-Now"));
  if (server) tell("server-time", { server, asked, answered: Date.now() });
  if ([403, 404].includes(answer.status)) return location.reload(); // the link was replaced, or the role taken away
  note("offline", answer.status !== 304 && !answer.ok);
  if (!answer.ok) return note("changed", false);
  const html = await answer.text();
  const waits = beingFilledIn(part());
  note("changed", waits);
  if (!waits) swap(html);
}

async function turn() {
  if (!document.hidden) await refresh();
  setTimeout(turn, 1000 * EVERY_SECONDS * (0.9 + 0.2 * Math.random()));
}

setTimeout(turn, 1000 * EVERY_SECONDS);
document.addEventListener("visibilitychange", () => !document.hidden && refresh());
document.querySelectorAll("[data-reload]").forEach((link) => (link.hidden = true));
