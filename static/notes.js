// Taking notes by keyboard: Enter saves the point. The page after it begins at the text box (#text), ready for the next.
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
}
