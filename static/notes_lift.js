// A text beside the line to lift words from: the statement of the speaker who is chosen, or the submission. It stands in a
// box so that words are selected by keyboard too (`readonly` would take the cursor out of it; what is typed is refused
// here). Enter or the button puts them into the line; where nothing is selected, the sentence in which the cursor stands.
// F8 goes there and back.
const form = document.querySelector("form[data-notes]");
const { speaker, text } = form.elements;
const section = document.querySelector("[data-lifting]");
const box = section.querySelector("textarea");
const heading = section.querySelector('[data-slot="whose"]');
const unread = section.querySelector('[data-slot="unread"]');
const read = new Map(); // texts by number, as long as the page is open
let shown = "";

const facts = () => JSON.parse(document.querySelector("[data-facts]").dataset.facts);
const numberOf = (voice) => facts().statements[voice] ?? voice.match(/^s(\d+)$/)?.[1] ?? "";

async function show() {
  const number = String(numberOf(speaker.value));
  if (number === shown) return;
  const found = number && (read.get(number) ?? (await fetchText(number)));
  if (number !== String(numberOf(speaker.value))) return; // somebody else was chosen while it was on its way
  shown = found ? number : "";
  section.hidden = !found;
  if (!found) return;
  heading.textContent = found.whose;
  unread.textContent = found.unread;
  unread.hidden = !found.unread;
  box.hidden = !found.words;
  box.value = found.words;
  box.setSelectionRange(0, 0);
  box.scrollTop = 0;
}

async function fetchText(number) {
  try {
    const answer = await fetch(section.dataset.lifting + number, { signal: AbortSignal.timeout(30_000) });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const texts = (selector) => [...page.querySelectorAll(selector)].map((each) => each.textContent.trim());
    const found = { whose: page.querySelector("h1").textContent, words: texts("[data-text]").join("\n\n"), unread: texts("[data-unread]").join(" ") };
    read.set(number, found);
    return found;
  } catch {
    return null; // it is asked for again when the connection is back
  }
}

// From the end of the sentence before to the end of this one; an empty line ends one too.
function sentence() {
  const ends = [...box.value.matchAll(/[.!?…]["”’)\]]*(?=\s)|\n\s*\n|$/g)].map((end) => end.index + end[0].length);
  const end = ends.find((each) => each > box.selectionStart) ?? box.value.length;
  const start = ends.filter((each) => each <= box.selectionStart && each < end).pop() ?? 0;
  return box.value.slice(start, end);
}

function lift() {
  const chosen = box.value.slice(box.selectionStart, box.selectionEnd) || sentence();
  const words = chosen.replace(/\s+/g, " ").trim();
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const joined = (/\S$/.test(before) ? " " : "") + words + (/^\S/.test(after) ? " " : "");
  text.setRangeText(joined, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

box.addEventListener("beforeinput", (event) => event.preventDefault());
box.addEventListener("input", () => (box.value = read.get(shown).words)); // what an input method cannot be refused
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  lift();
});
section.querySelector("[data-lift]").addEventListener("click", lift);
document.addEventListener("keydown", (event) => {
  if (event.key !== "F8" || section.hidden) return;
  event.preventDefault();
  (document.activeElement === box ? text : box).focus();
});
speaker.addEventListener("change", show);
document.addEventListener("swapped", show);
document.addEventListener("connection", ({ detail }) => detail.ok && show());
show();
