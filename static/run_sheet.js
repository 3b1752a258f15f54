// The run sheet shows what others change, without a reload: it asks every few seconds whether anything is new. Nothing is
// replaced while somebody fills in a row. "More" of a row opens in its place. Without this script the page works too.
const ASK_MS = 4_000;

const note = document.querySelector('[data-note="changed"]');
let sheet = document.querySelector("[data-sheet]");
let held = null; // what is new, while it cannot be shown

const touched = (field) =>
  field === document.activeElement ||
  (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== (field.defaultValue ?? field.value));

// Buttons and links are none: what they say goes for the row as it was seen, which they carry the version of.
const beingFilledIn = () => [...sheet.querySelectorAll(".cells input:not([type=hidden]), .cells select")].some(touched);

function show(fresh) {
  held = fresh;
  const waits = beingFilledIn() || sheet.contains(dragged());
  note.hidden = !waits;
  if (waits) return;
  const focused = sheet.contains(document.activeElement) ? where(document.activeElement) : null;
  const [x, y] = [scrollX, scrollY];
  sheet.replaceWith(held);
  sheet = held;
  held = null;
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  scrollTo(x, y);
  document.dispatchEvent(new CustomEvent("sheet"));
}

const dragged = () => document.querySelector(".dragged");

// How to find a button or link of a row again in a fresh sheet.
function where(element) {
  const line = element.closest(".line");
  if (!line) return null;
  const which = element.value ? `[value="${element.value}"]` : "[data-more]";
  return `#${CSS.escape(line.id)} > .cells ${which}`;
}

async function read(address, headers = {}) {
  const answer = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(ASK_MS) });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sheet]");
  if (!fresh) location.reload(); // another page now: the sign-in has ended
  return fresh && document.importNode(fresh, true);
}

async function ask() {
  try {
    if (!document.hidden) {
      const fresh = await read(location.href, { "If-None-Match": `"${(held ?? sheet).dataset.sheet}"` });
      if (fresh) show(fresh);
    }
  } catch {
    // asked again in a moment
  }
  setTimeout(ask, ASK_MS * (0.75 + Math.random() / 2));
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const fresh = await read(link.href);
    if (!fresh) return;
    history.replaceState(null, "", link.href);
    show(fresh);
  } catch {
    location.assign(link.href);
  }
});

document.addEventListener("focusout", () => setTimeout(() => held && show(held)));
setTimeout(ask, ASK_MS);
