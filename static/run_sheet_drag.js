// Rows of the run sheet can be dragged by a handle to another place of their track. A drop does what "Move" among the
// further buttons of a row does; the handle is not for the keyboard, which has those.
const EDGE = 60; // so near to the edge of the window the page is scrolled
const STEP = 12;

let row = null; // what is dragged
let target = null; // where it would go: {before: a row or null for the end, at: the row that shows it}

function addHandles() {
  for (const moves of document.querySelectorAll(".line > form .moves:not(:has(.handle))")) {
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    moves.append(handle);
  }
}

// The rows that this one may stand among: of the same list and track.
const beside = () =>
  [...row.parentElement.children].filter((each) => each.matches(".line") && each.dataset.track === row.dataset.track);

function mark(y) {
  const rows = beside();
  const below = rows.find((each) => {
    const { top, height } = each.getBoundingClientRect();
    return y < top + height / 2;
  });
  unmark();
  const next = rows[rows.indexOf(row) + 1] ?? null;
  if (below === row || (below ?? null) === next) return; // where it is already
  target = { before: below ?? null, at: below ?? rows.at(-1) };
  target.at.classList.add(below ? "drop-before" : "drop-after");
}

function unmark() {
  target?.at.classList.remove("drop-before", "drop-after");
  target = null;
}

function drop(isWanted) {
  if (!row) return;
  row.classList.remove("dragged");
  if (isWanted && target) {
    const form = row.querySelector(":scope > form");
    const before = target.before?.id.replace("session-", "") ?? "";
    for (const [name, value] of Object.entries({ act: "place", before })) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.prepend(field);
    }
    form.requestSubmit();
  }
  unmark();
  row = null;
  document.dispatchEvent(new CustomEvent("dropped"));
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  row = handle.closest(".line");
  row.classList.add("dragged");
});
document.addEventListener("pointermove", ({ clientY }) => {
  if (!row) return;
  if (clientY < EDGE) scrollBy(0, -STEP);
  if (clientY > innerHeight - EDGE) scrollBy(0, STEP);
  mark(clientY);
});
document.addEventListener("pointerup", () => drop(true));
document.addEventListener("pointercancel", () => drop(false));
document.addEventListener("keydown", ({ key }) => key === "Escape" && drop(false));
document.addEventListener("sheet", addHandles);
addHandles();
