"use strict";
// Several explained pages in one document: one is shown at a time, the one that the address names; a search chooses among them.
(() => {
  const items = [...document.querySelectorAll(".several > nav li")];
  if (!items.length) return;
  const links = items.map((item) => item.querySelector("a"));
  const pages = links.map((link) => document.getElementById(link.hash.slice(1)));
  const search = document.querySelector(".several > nav input[type=search]");
  const found = document.querySelector(".several > nav .found");
  const texts = new Map();

  const show = () => {
    const at = Math.max(0, links.findIndex((link) => link.hash === location.hash));
    pages.forEach((page, number) => { page.hidden = number !== at; });
    links.forEach((link, number) => {
      if (number === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    return at;
  };

  const textOf = (page) => {
    if (!texts.has(page)) texts.set(page, page.textContent.toLowerCase());
    return texts.get(page);
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    items.forEach((item, number) => {
      item.hidden = !words.every((word) => item.dataset.words.includes(word) || textOf(pages[number]).includes(word));
      if (!item.hidden) left += 1;
    });
    found.textContent = String(left);
  };

  const step = (by) => {
    const shown = links.filter((link) => !link.parentElement.hidden);
    if (!shown.length) return;
    const at = shown.findIndex((link) => link.hasAttribute("aria-current"));
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    location.hash = next.hash;
    show(); // its event comes later, perhaps after the next key
    next.scrollIntoView({ block: "nearest" });
  };

  addEventListener("hashchange", () => { show(); scrollTo(0, 0); });
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(0);
    if (event.key === "Escape") { search.value = ""; filter(); search.blur(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });
  show();
})();
