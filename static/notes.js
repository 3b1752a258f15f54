// The line for the next point, by keyboard alone: Enter saves; a letter and a blank at its beginning say the kind; a verb is
// suggested by the kind and by how the line goes on, rarely the same twice; themes are completed from those used. What is
// typed is kept on this device until it is saved. Saving is the work of static/notes_queue.js, which listens for `note`.
// Without scripts all of it is a plain form.
const form = document.querySelector("form[data-notes]");
const { speaker, kind, verb, text, themes } = form.elements;
const suggested = JSON.parse(form.dataset.suggested);
const known = JSON.parse(form.dataset.themes);
const DRAFT = `rostrum-notes:${form.dataset.whose}:draft:${form.dataset.notes}`;

const facts = () => JSON.parse(document.querySelector("[data-facts]").dataset.facts);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

// ---- The kind, by a mark

const kinds = new Map([...kind.options].map(({ value }) => [value[0], value]));
let marked = ""; // the kind that a mark has set in this line: the same mark once more is text

function takeMark(event) {
  if (event.isComposing || event.data !== " " || text.selectionStart !== 2) return;
  const meant = kinds.get(text.value[0].toLowerCase());
  if (!meant || meant === marked) return;
  marked = kind.value = meant;
  text.setRangeText("", 0, 2, "start");
  document.querySelector("[data-announce]").textContent = kind.selectedOptions[0].label;
}

// ---- The verb

const used = []; // here, the newest first; the list brings those of others
let typed = false; // the rapporteur's own verb is left alone

function suggest() {
  if (typed) return;
  const first = text.value.trim().split(/\s/)[0].toLowerCase();
  const verbs = suggested.verbs[kind.value][suggested.clauses.includes(first) ? 1 : 0];
  if (text.value && verbs.includes(verb.value)) return; // not another one while somebody types
  const recent = [...used, ...facts().verbs];
  const age = (each) => (recent.includes(each) ? recent.indexOf(each) : Infinity);
  verb.value = verbs.reduce((best, each) => (age(each) > age(best) ? each : best));
}

// ---- Themes

function complete(event) {
  if (!event.inputType?.startsWith("insert") || event.isComposing || themes.selectionEnd !== themes.value.length) return;
  const begun = themes.value.slice(themes.value.lastIndexOf(",") + 1).trimStart();
  const found = begun && known.find((each) => each.toLowerCase().startsWith(begun.toLowerCase()));
  if (!found || found.includes(",")) return;
  const end = themes.value.length;
  themes.setRangeText(found, end - begun.length, end, "end");
  themes.setSelectionRange(end, themes.value.length);
}

// A comma accepts what was completed; it would take its place.
function accept(event) {
  const end = themes.value.length;
  if (event.data === "," && themes.selectionEnd === end) themes.setSelectionRange(end, end);
}

function learn(line) {
  for (const each of line.split(",").map((theme) => theme.trim())) {
    if (each && !each.includes('"') && !known.includes(each)) known.push(each);
  }
}

// ---- The draft, on this device only

function keep() {
  const values = { speaker: speaker.value, kind: kind.value, verb: typed ? verb.value : "", text: text.value, themes: themes.value };
  try {
    if (text.value || themes.value) localStorage.setItem(DRAFT, JSON.stringify({ values, floor: facts().request }));
    else localStorage.removeItem(DRAFT);
  } catch {
    // the device keeps nothing
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT));
  } catch {
    return null;
  }
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements[name];
    if (field.options && ![...field.options].some((each) => each.value === value)) continue;
    field.value = value;
  }
  typed = verb.value !== "";
  suggest();
  speaker.dispatchEvent(new Event("change", { bubbles: true }));
}

// ---- Saving

const newUid = () => [...crypto.getRandomValues(new Uint8Array(10))].map((each) => each.toString(16).padStart(2, "0")).join("");

function save(event) {
  event.preventDefault();
  event.stopPropagation(); // static/rostrum.js lets a form be sent once in five seconds; here each is another point
  const fields = Object.fromEntries([speaker, kind, verb, text, themes].map((field) => [field.name, field.value]));
  tell("note", { uid: newUid(), at: Date.now(), url: form.dataset.notes, who: speaker.selectedOptions[0].label, fields });
  if (verb.value) used.unshift(verb.value);
  learn(themes.value);
  clear();
  tell("noted");
}

function clear() {
  text.value = themes.value = verb.value = marked = "";
  kind.value = "point";
  typed = false;
  suggest();
  keep();
  text.focus();
}

form.addEventListener("submit", save);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
text.addEventListener("input", takeMark);
verb.addEventListener("input", () => (typed = verb.value !== ""));
themes.addEventListener("beforeinput", accept);
themes.addEventListener("input", complete);
form.addEventListener("input", () => {
  suggest();
  keep();
});
form.addEventListener("change", () => {
  suggest();
  keep();
});
document.addEventListener("swapped", suggest);
document.addEventListener("put-back", ({ detail }) => {
  fill(detail);
  keep();
  text.focus();
});

for (const each of form.querySelectorAll("[data-with-script]")) each.hidden = false;
const draft = document.querySelector(".problems") ? null : kept();
if (draft) {
  fill(draft.values);
  form.dataset.floor = draft.floor ?? "";
} else {
  suggest();
}
if (!document.querySelector(".problems")) text.focus();
