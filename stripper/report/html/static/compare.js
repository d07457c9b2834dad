"use strict";
// A comparison of two runs: a search and switches choose documents, keys lead through them.
(() => {
  const chooser = document.querySelector(".choose");
  if (!chooser) return;
  const changes = [...document.querySelectorAll(".change")];
  const search = chooser.querySelector("input[type=search]");
  const switches = [...chooser.querySelectorAll("input[type=checkbox]")];
  const found = chooser.querySelector(".found");
  const texts = new Map();

  const textOf = (change) => {
    if (!texts.has(change)) texts.set(change, change.textContent.toLowerCase());
    return texts.get(change);
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const names = new Set(switches.filter((box) => box.checked).map((box) => box.value));
    let left = 0;
    for (const change of changes) {
      const chosen = change.dataset.names.split(" ").some((name) => names.has(name));
      change.hidden = !chosen || !words.every((word) => textOf(change).includes(word));
      if (!change.hidden) left += 1;
    }
    found.textContent = String(left);
  };

  const step = (by) => {
    const shown = changes.filter((change) => !change.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(document.activeElement.closest(".change"));
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    next.querySelector("summary").focus();
    next.scrollIntoView({ block: "start" });
  };

  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(0);
    if (event.key === "Escape") { search.value = ""; filter(); search.blur(); }
  });
  for (const box of switches) box.addEventListener("change", filter);
  for (const button of chooser.querySelectorAll("button[data-all]")) {
    button.addEventListener("click", () => {
      for (const box of switches) box.checked = button.dataset.all === "on";
      filter();
    });
  }
  for (const button of chooser.querySelectorAll("button[data-open]")) {
    button.addEventListener("click", () => {
      for (const change of changes) if (!change.hidden) change.open = button.dataset.open === "on";
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
})();
