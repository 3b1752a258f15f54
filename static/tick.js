// One box in the head of a table ticks all boxes below it. Without scripts each is ticked by itself.
for (const head of document.querySelectorAll("[data-tick-all]")) {
  const boxes = () => head.closest("table").querySelectorAll("tbody input[type=checkbox]");
  if (boxes().length < 2) continue;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.dataset.tickAll);
  all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  head.replaceChildren(all);
}
