// The forms of a participant's page, and of who answers a call for inputs: words are counted against the speaking limit
// or the most that are taken, files are looked at before they are sent, and what is typed is never lost: it is kept on
// this device until it has arrived. Without this script they are plain forms.
const DRAFT_DAYS = 3;
const STALLED_MS = 30_000; // nothing has moved for so long: the connection is lost, though the device does not know
const SMALL = "input[type=text], input:not([type]), textarea, select";

// ---- Words, counted as in meetings/floor/rules/statements.py

const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2014\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
const PAIRS =
  "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f" +
  "\\u{20000}-\\u{3ffff}";
const FIVES = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff";
const RUN = new RegExp(`[^${BLANKS}${PAIRS}${FIVES}]+`, "gu");
const PAIRED = new RegExp(`[${PAIRS}]`, "gu");
const FIVED = new RegExp(`[${FIVES}]`, "gu");

export function countWords(text) {
  const runs = (text.match(RUN) ?? []).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
  const count = (each) => (text.match(each) ?? []).length;
  return runs + Math.ceil(count(PAIRED) / 2) + Math.ceil(count(FIVED) / 5);
}

export function readingMs(words, perMinute) {
  return Math.floor((words * 60_000) / perMinute);
}

// As the server writes it (meetings/display.py, minutes).
function spelled(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function measure(form) {
  const meter = form.querySelector("[data-meter]");
  if (!meter) return;
  const words = countWords([...form.querySelectorAll("[data-text]")].map((each) => each.value).join("\n"));
  const limit = Number(meter.dataset.limit);
  const perMinute = Number(meter.dataset.wordsPerMinute);
  const needed = perMinute ? readingMs(words, perMinute) : words; // without a pace, the limit is one of words
  const reads = meter.querySelector('[data-slot="reads"]');
  if (reads) reads.textContent = spelled(needed);
  meter.querySelector('[data-slot="words"]').textContent = words;
  meter.querySelector("meter").value = Math.min(needed, limit);
  meter.querySelector("[data-over]").hidden = needed <= limit;
  meter.dataset.long = needed > limit ? "yes" : "no";
  meter.hidden = words === 0;
}

// ---- The file, before it is sent: its name and size; the server looks at what is in it

const filesOf = (form) => [...form.querySelectorAll("input[type=file]")];

function fileProblem(input) {
  const file = input.files[0];
  if (!file) return "";
  if (file.size > Number(input.dataset.largest)) return "size";
  const types = input.accept.split(",");
  if (!types.some((type) => file.name.toLowerCase().endsWith(type))) return "type";
  return file.size === 0 ? "empty" : "";
}

// The first file that would not be taken, with its problem shown; nothing where all are well.
function wrongFile(form) {
  const wrong = filesOf(form).filter((input) => {
    input.toggleAttribute("aria-invalid", Boolean(fileProblem(input)));
    return fileProblem(input);
  });
  const problems = wrong.map(fileProblem);
  for (const each of form.querySelectorAll("[data-file-problem]")) {
    each.hidden = !problems.includes(each.dataset.fileProblem);
  }
  return wrong[0];
}

// ---- The draft, on this device only

const KEYS = "rostrum-draft:";
const keyOf = (form) => KEYS + form.dataset.draft; // never the address: it is the secret that acts for the person
const kept = (form) => [...form.querySelectorAll(`${SMALL}, input[type=radio]`)].filter((field) => field.name);

function store(form, work) {
  try {
    return work(localStorage, keyOf(form));
  } catch {
    return null; // the device keeps nothing: then it is as without this script
  }
}

function keep(form) {
  const values = {};
  for (const field of kept(form)) if (field.type !== "radio" || field.checked) values[field.name] = field.value;
  const latest = form.querySelector("[name=latest]")?.value ?? "";
  store(form, (storage, key) => storage.setItem(key, JSON.stringify({ at: Date.now(), latest, values })));
}

// Whoever comes back to any of these pages leaves no draft behind that has become old, of whatever session.
function forgetOld() {
  try {
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(KEYS))) {
      if (!(Date.now() - readAt(key) <= DRAFT_DAYS * 86_400_000)) localStorage.removeItem(key);
    }
  } catch {
    // the device keeps nothing
  }
}

function readAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key)).at;
  } catch {
    return NaN;
  }
}

function tellOfDrafts(form) {
  form.querySelector("[data-drafts]").hidden = !store(form, (storage) => Boolean(storage));
}

const forget = (form) => store(form, (storage, key) => storage.removeItem(key));

function restore(form) {
  const draft = store(form, (storage, key) => JSON.parse(storage.getItem(key)));
  if (!draft || document.querySelector(".problems")) return;
  const latest = form.querySelector("[name=latest]")?.value ?? "";
  if (draft.latest !== latest) return forget(form);
  let changed = false;
  for (const field of kept(form)) {
    const value = draft.values[field.name];
    if (value === undefined) continue;
    const differs = field.type === "radio" ? field.checked !== (field.value === value) : field.value !== value;
    if (!differs) continue;
    changed = true;
    if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
    const folded = field.closest("details");
    if (folded) folded.open = true;
  }
  if (changed) state(form, "draft");
  else forget(form);
}

// ---- Sending

function state(form, name) {
  for (const each of form.querySelectorAll("[data-state]")) each.hidden = each.dataset.state !== name;
}

function send(form) {
  const request = new XMLHttpRequest(); // fetch does not tell how much of an upload has gone
  const progress = form.querySelector("[data-state=sending] progress");
  let stalled = 0;
  const alive = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => request.abort(), STALLED_MS);
  };
  const end = (name) => {
    clearTimeout(stalled);
    delete form.dataset.sending;
    delete form.dataset.sent; // static/rostrum.js: it may be pressed again at once
    state(form, name);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    alive();
    progress.value = total ? loaded / total : 0;
  });
  request.addEventListener("error", () => end("kept"));
  request.addEventListener("abort", () => end("kept"));
  request.addEventListener("load", () => arrived(form, request, end));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  form.dataset.sending = "yes";
  progress.value = 0;
  state(form, "sending");
  alive();
  request.send(new FormData(form));
}

function arrived(form, request, end) {
  if (request.status === 200) {
    end("sent");
    forget(form);
    location.assign(JSON.parse(request.responseText).next);
    return;
  }
  if (request.status === 413) return end("large");
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const problems = page.querySelector(".problems");
  if (![409, 422].includes(request.status) || !problems) return end("failed");
  end("");
  showProblems(form, page, problems);
}

// What is wrong is shown as the server wrote it, in its form; the file that was chosen stays chosen.
function showProblems(form, page, problems) {
  const fresh = page.querySelector(`form[action="${CSS.escape(form.getAttribute("action"))}"]`);
  if (fresh) {
    for (const file of filesOf(form)) {
      const freshFile = filesOf(fresh).find((each) => each.name === file.name);
      if (!freshFile) continue;
      file.setAttribute("aria-describedby", freshFile.getAttribute("aria-describedby") ?? "");
      freshFile.replaceWith(file);
    }
    fresh.querySelectorAll("[data-choose-again]").forEach((each) => each.remove()); // here they are still chosen
    form.replaceChildren(...document.adoptNode(fresh).childNodes);
    measure(form);
    tellOfDrafts(form);
  }
  document.querySelectorAll(".problems").forEach((each) => each.remove());
  form.before(document.adoptNode(problems));
  problems.focus();
}

const ours = (event) => event.target.closest?.("form[data-sent-by-script]");

document.addEventListener("input", (event) => {
  const form = ours(event);
  if (!form) return;
  measure(form);
  keep(form);
});
document.addEventListener("change", (event) => ours(event) && wrongFile(ours(event)));
document.addEventListener("click", (event) => {
  if (!event.target.matches?.("[data-forget]")) return;
  const form = ours(event);
  forget(form);
  form.reset();
  state(form, "");
  measure(form);
});
document.addEventListener("submit", (event) => {
  const form = ours(event);
  if (!form || form.dataset.sending || event.defaultPrevented) {
    if (form) event.preventDefault();
    return;
  }
  event.preventDefault();
  const wrong = wrongFile(form);
  if (!wrong) return send(form);
  delete form.dataset.sent;
  wrong.focus();
});

function begin() {
  for (const form of document.querySelectorAll("form[data-sent-by-script]")) {
    tellOfDrafts(form);
    restore(form);
    measure(form);
  }
}

document.addEventListener("own-swapped", begin);
forgetOld();
document.addEventListener("limit", () => document.querySelectorAll("form[data-sent-by-script]").forEach(measure));
begin();
