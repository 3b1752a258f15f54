// What every page needs beyond its HTML: move the focus to a form's problems, so that they are read out first.
document.querySelector(".problems")?.focus();

// A form is sent once: a second press while the first is on its way is stopped.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));
