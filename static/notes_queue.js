// Points on their way to the server. Each is kept on this device until it has arrived, whatever becomes of the connection,
// the page or the browser; the server adds a point once, however often it is sent (its `uid`). What is kept is this
// account's: another's is removed when its pages are opened, and static/rostrum.js removes it with the sign-out.
const KEPT = "rostrum-notes:";
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 15_000;
const LONGEST_KEPT_ALIVE = 8_000; // characters; browsers send 64 KB on behalf of a page that was left
const SHOWN_MS = 10_000; // a point that has arrived is shown until the list brings it, no longer than this

const form = document.querySelector("form[data-notes]");
const area = document.querySelector("[data-waiting]");
const list = area.querySelector("ol");
const count = area.querySelector('[data-slot="count"]');
const mine = `${KEPT}${form.dataset.whose}:`;
const waiting = new Map(); // by uid, in the order in which they were noted

const note = (name, shown) => (document.querySelector(`[data-note="${name}"]`).hidden = !shown);

// ---- On the device

function load() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(KEPT))) {
      if (!key.startsWith(mine)) localStorage.removeItem(key);
      else if (key.startsWith(`${mine}point:`)) {
        const item = JSON.parse(localStorage.getItem(key));
        if (!waiting.has(item.uid)) waiting.set(item.uid, item);
      }
    }
  } catch {
    note("unkept", true);
  }
  const sorted = [...waiting].sort(([, a], [, b]) => a.at - b.at);
  waiting.clear();
  for (const [uid, item] of sorted) waiting.set(uid, item);
}

function keep(item) {
  try {
    localStorage.setItem(`${mine}point:${item.uid}`, JSON.stringify(item));
    note("unkept", false);
  } catch {
    item.unkept = true;
    note("unkept", true);
  }
}

function forget(item) {
  try {
    localStorage.removeItem(`${mine}point:${item.uid}`);
  } catch {
    // nothing was kept
  }
}

// ---- Sending, one after another in the order in which they were noted

let sending = false;
let failures = 0;
let retry = 0;

const toSend = () => [...waiting.values()].find((item) => !item.arrived && !item.problems);

async function sendAll() {
  if (sending) return;
  sending = true;
  clearTimeout(retry);
  for (let item = toSend(); item; item = toSend()) {
    const outcome = await send(item);
    if (outcome !== "answered") {
      note("signed-out", outcome === "signed out");
      failures += 1;
      retry = setTimeout(sendAll, Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures) * (0.5 + Math.random() / 2));
      break;
    }
    failures = 0;
    note("signed-out", false);
  }
  sending = false;
  show();
}

async function send(item, again = false) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...item.fields, uid: item.uid })) body.append(name, value);
  body.append("csrf_token", form.elements.csrf_token.value);
  let answer;
  try {
    const keepalive = item.fields.text.length < LONGEST_KEPT_ALIVE; // whoever leaves the page at once has sent it still
    answer = await ask(item.url, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
    if ([409, 422].includes(answer.status)) item.problems = (await answer.json()).problems;
  } catch {
    return "lost";
  }
  if (answer.status === 200) arrived(item);
  else if (answer.status === 404) item.problems = [area.dataset.gone];
  else if (answer.status === 413) item.problems = [area.dataset.large];
  else if ([400, 403].includes(answer.status)) {
    const outcome = again ? "signed out" : await renew();
    return outcome === "renewed" ? send(item, true) : outcome;
  } else if (!item.problems) return "lost";
  if (item.problems) keep(item);
  return "answered";
}

const ask = (url, options = {}) => fetch(url, { ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });

// Signing in again gives the forms another token; this page takes it over, if it is the same account that signed in.
async function renew() {
  try {
    const page = new DOMParser().parseFromString(await (await ask(form.dataset.notes)).text(), "text/html");
    const fresh = page.querySelector("form[data-notes]");
    if (fresh?.dataset.whose !== form.dataset.whose) return "signed out";
    form.elements.csrf_token.value = fresh.elements.csrf_token.value;
    return "renewed";
  } catch {
    return "lost";
  }
}

function arrived(item) {
  item.arrived = true;
  forget(item);
  setTimeout(() => drop(item), SHOWN_MS);
}

function drop(item) {
  waiting.delete(item.uid);
  show();
}

// ---- What is shown

function show() {
  for (const [uid, { arrived }] of waiting) {
    if (arrived && document.querySelector(`[data-live] [data-uid="${CSS.escape(uid)}"]`)) waiting.delete(uid);
  }
  const left = [...waiting.values()];
  const unsent = left.filter((item) => !item.arrived && !item.problems).length;
  area.hidden = !left.length;
  const said = failures && unsent ? `${area.dataset.count} ${unsent}` : "";
  count.hidden = !said;
  if (count.textContent !== said) count.textContent = said;
  list.replaceChildren(...left.map(line));
}

function line(item) {
  const entry = document.createElement("li");
  entry.className = item.arrived ? "quiet" : "";
  const words = add(entry, "p", `${item.who}: ${item.fields.verb} ${item.fields.text}`);
  words.dir = "auto";
  if (item.url !== form.dataset.notes) {
    const link = add(add(entry, "p"), "a", area.dataset.elsewhere);
    link.href = item.url;
  }
  if (!item.problems) return entry;
  add(entry, "p", `${area.dataset.refused} ${item.problems.join(" ")}`).className = "error";
  if (item.url === form.dataset.notes) {
    const button = add(entry, "button", area.dataset.again);
    button.type = "button";
    button.className = "secondary small";
    button.addEventListener("click", () => putBack(item));
  }
  return entry;
}

function add(to, tag, text = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  to.append(element);
  return element;
}

// Into an empty line only: what is typed there is not lost either.
function putBack(item) {
  if (form.elements.text.value) return form.elements.text.focus();
  document.dispatchEvent(new CustomEvent("put-back", { detail: item.fields }));
  forget(item);
  drop(item);
}

function go() {
  failures = 0;
  sendAll();
}

document.addEventListener("note", ({ detail }) => {
  waiting.set(detail.uid, detail);
  keep(detail);
  show();
  sendAll();
});
document.addEventListener("swapped", show);
document.addEventListener("connection", ({ detail }) => detail.ok && go());
addEventListener("online", go);
addEventListener("focus", () => failures && go());
addEventListener("beforeunload", (event) => [...waiting.values()].some((item) => item.unkept && !item.arrived) && event.preventDefault());

load();
show();
sendAll();
