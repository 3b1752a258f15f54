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

// Notes that wait on this device (static/notes_queue.js) go with the sign-out; whoever would lose some is asked first.
document.addEventListener(
  "submit",
  (event) => {
    const { losing } = event.target.dataset;
    if (losing === undefined) return;
    try {
      const kept = Object.keys(localStorage).filter((key) => key.startsWith("rostrum-notes:"));
      if (kept.some((key) => key.includes(":point:")) && !confirm(losing)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      for (const key of kept) localStorage.removeItem(key);
    } catch {
      // this browser keeps nothing
    }
  },
  true,
);
