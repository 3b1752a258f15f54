// Edits a paragraph of the draft in its place: the form of its own page is fetched and put below it. Without this script
// the link opens that page.
const editors = new Set();
const fieldsOf = (editor) => [...editor.querySelectorAll("textarea")];
const touched = (editor) => fieldsOf(editor).some((field) => field.value !== field.defaultValue);

// Ids are made the editor's own, since several can stand on one page.
function named(editor, suffix) {
  for (const each of editor.querySelectorAll("[id]")) each.id += suffix;
  for (const name of ["for", "aria-describedby"]) {
    for (const each of editor.querySelectorAll(`[${name}]`)) {
      each.setAttribute(name, each.getAttribute(name).split(" ").map((id) => id + suffix).join(" "));
    }
  }
}

function close(editor, link) {
  editors.delete(editor);
  editor.remove();
  link.focus();
}

async function open(link) {
  const paragraph = link.closest(".paragraph");
  const there = paragraph.querySelector("[data-editor]");
  if (there) return fieldsOf(there)[0]?.focus();
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const editor = document.adoptNode(page.querySelector("[data-editor]"));
  const acts = page.getElementById("acts"); // the form of the buttons below the text
  if (acts) editor.append(document.adoptNode(acts));
  const suffix = `-${paragraph.id}`;
  for (const each of editor.querySelectorAll("[form=acts]")) each.setAttribute("form", `acts${suffix}`);
  named(editor, suffix);
  editor.lang = page.documentElement.lang;
  editor.dir = page.documentElement.dir;
  editor.translate = true;
  editor.querySelector("[data-close]").addEventListener("click", (event) => {
    event.preventDefault();
    close(editor, link);
  });
  paragraph.append(editor);
  editors.add(editor);
  (fieldsOf(editor)[0] ?? editor.querySelector("button")).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-edit]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});

// What was typed is not left behind by a press beside it: only its own form is sent without asking.
let sent = null;
document.addEventListener("submit", (event) => (sent = event.target.closest("[data-editor]")));
addEventListener("beforeunload", (event) => {
  if ([...editors].some((editor) => editor !== sent && touched(editor))) event.preventDefault();
  sent = null;
});
