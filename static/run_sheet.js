// The run sheet shows what others change without a reload: it asks every few seconds whether anything is new. Nothing is
// replaced while somebody fills in a row or drags one. "More" of a row opens in its place. The page works without this.
const ASK_MS = 4_000;

const note = document.querySelector('[data-note="changed"]');
const said = document.querySelector("[data-said]"); // read out, for those who do not see that rows have changed
let sheet = document.querySelector("[data-sheet]");
let held = null; // what is new, while it cannot be shown

const fieldsOf = (part) => [...part.querySelectorAll(".cells input:not([type=hidden]), .cells select")];
const changed = (field) => {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  return field.matches("select") ? field.selectedIndex > 0 : field.value !== field.defaultValue;
};
// What came back because it could not be saved is in the middle of being filled in, too.
const isBusy = () =>
  fieldsOf(sheet).some((field) => field === document.activeElement || changed(field)) ||
  document.querySelector(".dragged, [data-unsaved]");

function show(fresh) {
  held = fresh;
  note.hidden = !isBusy();
  if (isBusy()) return;
  const focused = sheet.contains(document.activeElement) && wayTo(document.activeElement);
  sheet.replaceWith(held);
  sheet = held;
  held = null;
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  said.textContent = said.dataset.said;
  document.dispatchEvent(new CustomEvent("sheet"));
}

// How a button or link of a row is found again in a fresh sheet.
function wayTo(element) {
  const line = element.closest(".line");
  if (!line) return "";
  return `#${CSS.escape(line.id)} > form ${element.value ? `[value="${CSS.escape(element.value)}"]` : "[data-more]"}`;
}

async function read(address, headers = {}) {
  const answer = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(ASK_MS) });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sheet]");
  if (!fresh && !isBusy()) location.reload(); // another page now: the sign-in has ended
  return fresh;
}

async function ask() {
  try {
    if (!document.hidden) {
      const fresh = await read(location.href, { "If-None-Match": `"${(held ?? sheet).dataset.sheet}"` });
      if (fresh) show(document.importNode(fresh, true));
    }
  } catch {
    // asked again in a moment
  }
  setTimeout(ask, ASK_MS * (0.75 + Math.random() / 2));
}

// Opens or closes the further buttons of one row, and leaves in it what was typed.
async function openMore(link) {
  const row = link.closest("form");
  const fresh = (await read(link.href))?.querySelector(`#${CSS.escape(row.parentElement.id)} > form`);
  if (!fresh) return location.assign(link.href);
  const again = document.importNode(fresh, true);
  for (const field of row.querySelectorAll("input:not([type=hidden])")) {
    const other = again.elements[field.name];
    if (other && changed(field)) [other.value, other.checked] = [field.value, field.checked];
  }
  history.replaceState(null, "", link.href);
  row.replaceWith(again);
  again.querySelector("[data-more]").focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("sheet"));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openMore(link).catch(() => location.assign(link.href));
});
for (const name of ["focusout", "input", "dropped"]) document.addEventListener(name, () => setTimeout(() => held && show(held)));
setTimeout(ask, ASK_MS);
