// The speaker of the next line follows the floor: who is given it is chosen, as soon as nothing is half typed. A line that
// is half typed stays with its speaker, and a notice says so. (static/refresh.js brings the part that tells who it is.)
const form = document.querySelector("form[data-notes]");
const { speaker, text } = form.elements;
const note = document.querySelector('[data-note="passed-on"]');

const facts = () => JSON.parse(document.querySelector("[data-facts]").dataset.facts);
// The turn at the floor that the line knows of: that of a draft which was kept, else what the page shows.
let turn = "floor" in form.dataset ? form.dataset.floor : String(facts().request ?? "");
let next = null; // who has the floor while the line is another's

function follow() {
  const { speaker: whose, name, request } = facts();
  if (whose === null || String(request) === turn) return;
  turn = String(request);
  offer(whose, name);
  next = whose;
  if (text.value) tell();
  else takeOver();
}

function offer(value, name) {
  if ([...speaker.options].some((option) => option.value === value)) return;
  speaker.prepend(new Option(name, value));
}

const label = (value) => [...speaker.options].find((option) => option.value === value).label;

function tell() {
  note.hidden = next === null || next === speaker.value;
  if (note.hidden) return;
  note.querySelector('[data-slot="floor"]').textContent = label(next);
  note.querySelector('[data-slot="line"]').textContent = speaker.selectedOptions[0].label;
}

function takeOver() {
  if (next === null) return;
  speaker.value = next;
  next = null;
  note.hidden = true;
  speaker.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("swapped", follow);
document.addEventListener("noted", takeOver);
text.addEventListener("input", () => text.value || takeOver());
speaker.addEventListener("change", tell);
note.querySelector("[data-take-over]").addEventListener("click", () => {
  takeOver();
  text.focus();
});
follow();
