"use strict";
// Spans of explained pages: a switch for each kind, and what a span says of itself on hover, focus or tap.
// Everything is asked of the document when it happens, so pages that come later work as well.
(() => {
  const detail = document.querySelector(".detail");
  let current = null;
  let pinned = false;

  const line = (words, name) => {
    const made = document.createElement("p");
    made.textContent = words;
    if (name) made.className = name;
    return made;
  };

  const show = (mark, pin) => {
    if (current) current.classList.remove("is-current");
    current = mark;
    pinned = pin;
    mark.classList.add("is-current");
    const { kind, outcome, rule, score, why } = mark.dataset;
    detail.className = `detail ${[...mark.classList].find((name) => name.startsWith("f-")) ?? ""}`;
    const said = [line(`${kind} · ${outcome} · ${rule} · score ${score}`)];
    if (why) said.push(line(why, "faint"));
    detail.replaceChildren(...said);
    detail.hidden = false;
  };

  const close = () => {
    if (current) current.classList.remove("is-current");
    current = null;
    pinned = false;
    detail.hidden = true;
  };

  const switchKinds = (page, kinds, on) => {
    for (const mark of page.querySelectorAll(".mark")) if (kinds.has(mark.dataset.kind)) mark.hidden = !on;
    for (const row of page.querySelectorAll(".line")) row.hidden = [...row.childNodes].every((node) => node.hidden || !node.textContent.trim());
    if (current && current.hidden) close();
  };

  const step = (by) => {
    const marks = [...document.querySelectorAll(".explained:not([hidden]) .mark:not([hidden])")];
    if (!marks.length) return;
    const at = marks.indexOf(current);
    const next = marks[at < 0 ? (by > 0 ? 0 : marks.length - 1) : (at + by + marks.length) % marks.length];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    show(next, true);
  };

  const markOf = (event) => event.target instanceof Element && event.target.closest(".mark");

  document.addEventListener("mouseover", (event) => {
    const mark = markOf(event);
    if (mark && !pinned) show(mark, false);
    else if (!mark && current && !pinned) close();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && mark !== current) show(mark, true);
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (mark) show(mark, true);
    else if (current && !event.target.closest(".detail")) close();
    const all = event.target.closest("[data-all]");
    if (!all) return;
    const on = all.dataset.all === "on";
    const boxes = [...all.closest(".switches").querySelectorAll("input")];
    for (const box of boxes) box.checked = on;
    switchKinds(all.closest(".explained"), new Set(boxes.map((box) => box.dataset.kind)), on);
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest(".switches input");
    if (box) switchKinds(box.closest(".explained"), new Set([box.dataset.kind]), box.checked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && current) close();
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
  });
})();
