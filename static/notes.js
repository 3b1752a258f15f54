// Taking notes by keyboard: Enter saves the point, and after saving the cursor is back where the next one is written.
const form = document.querySelector("form[data-notes]");
if (form) {
  const text = form.querySelector("textarea");
  form.querySelector("[data-with-script]").hidden = false;
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  if (location.hash === "#new") text.focus();
}
