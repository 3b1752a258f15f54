// Moving and declining need a reason. Pressed without one, a button waits: the reason is asked for, and Enter there
// presses the button. Without this script the server asks for it. A reason that stayed in the field from a move is none
// for declining (`data-why="own"`): it is taken away first.
const field = document.querySelector("#reason");
const help = document.querySelector("#reason-help");
const kept = document.querySelector("[name=kept]");
let waiting = null; // the id of the button that was pressed: the list may be swapped meanwhile

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-why]");
  if (!button || !field) return;
  if (button.dataset.why === "own" && kept.value && field.value === kept.value) field.value = kept.value = "";
  if (field.value.trim()) return;
  event.preventDefault();
  waiting = button.id;
  const named = button.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent.trim());
  help.textContent = `${named.join(": ")}. ${help.dataset.help}`;
  help.setAttribute("role", "status");
  field.focus();
});

field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !waiting || !field.value.trim()) return;
  event.preventDefault();
  const button = document.getElementById(waiting);
  if (button && !button.disabled) button.click();
});
