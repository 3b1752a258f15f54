// Single keys press the buttons of the chair's page that carry them (`data-key`), so that a key does what its button
// does and nothing where that is not there or disabled. Not while something is typed, not with Ctrl, Alt or Meta; they
// can be turned off, which this browser remembers (WCAG 2.1.4).
const MEMORY = "floor-keys";
const box = document.querySelector("[data-keys-on]");

function remembered() {
  try {
    return localStorage.getItem(MEMORY) !== "off";
  } catch {
    return true; // this browser keeps nothing: on, until it is turned off on this page
  }
}

function remember(on) {
  try {
    localStorage.setItem(MEMORY, on ? "on" : "off");
  } catch {
    // as above
  }
}

let connected = true; // static/refresh.js tells; it disables the buttons, and a link would lead to nothing

const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

function press(event) {
  if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (isTyping(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]:not(:disabled)`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else if (connected) target.click();
}

// static/rostrum.js lets nothing be sent twice at a time; who presses the next button too soon is told (this listens first).
document.addEventListener(
  "submit",
  (event) => (document.querySelector('[data-note="busy"]').hidden = !event.target.dataset.sent),
  true,
);

if (box) {
  box.checked = remembered();
  box.closest("[data-with-script]").hidden = false;
  box.addEventListener("change", () => remember(box.checked));
  document.addEventListener("keydown", press);
  document.addEventListener("connection", ({ detail }) => (connected = detail.ok));
}
