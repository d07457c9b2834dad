"use strict";
// The workbench. What is edited is checked, then tried on the page that is open, then on the folder; an answer to what was asked before is dropped.
(() => {
  const $ = (id) => document.getElementById(id);
  const WAIT = 200; // milliseconds after the last key

  // ---- asking the server

  const token = (() => {
    const found = new URLSearchParams(location.hash.slice(1)).get("token");
    if (found) {
      sessionStorage.setItem("token", found);
      history.replaceState(null, "", location.pathname);
    }
    return sessionStorage.getItem("token");
  })();

  const asked = new Map(); // the latest question of each topic
  const answered = new Map(); // when the one before it is answered

  // Asks one question of a topic at a time. A later one takes the place of an earlier one, whose answer then is null: the server ends what it
  // has begun in any case, so of all that is asked meanwhile only the last is sent.
  const ask = async (what, values, method = "POST", topic = method + what) => {
    const question = {};
    asked.set(topic, question);
    await answered.get(topic);
    const isLatest = () => asked.get(topic) === question;
    if (!isLatest()) return null;
    const answer = send(what, values, method);
    answered.set(topic, answer.catch(() => {}));
    try {
      const said = await answer;
      return isLatest() ? said : null;
    } catch (error) {
      if (isLatest()) throw error;
      return null;
    }
  };

  const send = async (what, values, method) => {
    const headers = { "content-type": "application/json", "x-stripper-token": token };
    let answer, said;
    try {
      answer = await fetch(`/api/${what}`, { method, headers, body: JSON.stringify(values) });
      said = await answer.json();
    } catch {
      throw new Error("The workbench doesn't answer; is `stripper serve` still running?");
    }
    if (!answer.ok) throw Object.assign(new Error(said.error), { status: answer.status });
    return said;
  };

  const stop = (what) => asked.delete(`POST${what}`);

  const tell = (topic, said, ...buttons) => {
    $("problem").dataset.topic = topic;
    $("problem").replaceChildren(said, ...buttons);
    $("problem").hidden = false;
  };

  // Runs what a user asked for, and tells why it failed until the same succeeds.
  const doing = (topic, work) => async (...values) => {
    try {
      if ((await work(...values)) !== false && $("problem").dataset.topic === topic) $("problem").hidden = true;
    } catch (error) {
      tell(topic, error.message);
    }
  };

  const button = (words, work) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", work);
    return made;
  };

  const controls = (place) => [...place.querySelectorAll("button, input, summary")];

  // Puts in a piece of HTML that the server made of values, each escaped. Whoever was in it with the keyboard stays where that was.
  const put = (place, html) => {
    const before = document.activeElement;
    const at = controls(place).indexOf(before);
    place.innerHTML = html;
    place.classList.remove("is-stale");
    if (at < 0) return;
    const now = controls(place);
    const same = before.dataset.kind && now.find((control) => control.dataset.kind === before.dataset.kind); // a switch
    (same || now[Math.min(at, now.length - 1)] || place).focus({ preventScroll: true });
  };

  // ---- what is open

  let names = [];
  let source = null; // the page: a name, and for those that aren't in the folder what they hold
  let saved = { name: "", text: "", tag: null, ends: "\n" }; // the pack as it lies on the disk
  let good = null; // the last draft that could run, whose marks are shown

  const editor = $("text");
  const kindOf = () => editor.value.match(/^\s*kind\s*=\s*["']([\w-]*)["']/m)?.[1] ?? "";
  const address = () => $("url").value.trim() || null;
  const draft = () => (editor.value.trim() ? { name: saved.name || $("name").value.trim(), text: editor.value } : null);
  const isSaved = () => editor.value === saved.text;

  // ---- the page

  let looked = null; // the draft whose marks are shown, or are being asked for

  const look = doing("look", async () => {
    looked = good;
    if (!source) return;
    const shown = source;
    $("page").classList.add("is-stale");
    try {
      const found = await ask("look", { ...source, url: address(), as: $("as").value || null, pack: good });
      if (!found || shown !== source) return;
      const view = remembered();
      put($("page"), found.html);
      view();
      const own = new Set(found.rules);
      for (const mark of $("page").querySelectorAll(".mark")) mark.classList.toggle("is-draft", own.has(mark.dataset.rule));
      if (good) put($("trials"), found.trials);
    } catch (error) {
      $("page").classList.remove("is-stale");
      throw error;
    }
  });

  // What somebody set up in the picture of a page: it is the same in the next one.
  const remembered = () => {
    const scrolled = $("page").closest(".pane").scrollTop;
    const off = [...$("page").querySelectorAll(".switches input:not(:checked)")].map((box) => box.dataset.kind);
    const opened = $("page").querySelector(".fields")?.open ?? false;
    return () => {
      $("page").querySelector(".fields")?.toggleAttribute("open", opened);
      for (const box of $("page").querySelectorAll(".switches input")) {
        if (!off.includes(box.dataset.kind)) continue;
        box.checked = false;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
      $("page").closest(".pane").scrollTop = scrolled;
    };
  };

  const open = (page) => {
    source = page;
    $("page").closest(".pane").scrollTop = 0;
    for (const row of $("rows").tBodies[0].rows) row.setAttribute("aria-current", String(row.dataset.name === page.name));
    return look();
  };

  const openNamed = (name) => {
    $("pages").value = name;
    return open({ name });
  };

  // ---- the rules

  let isNew = false; // a rule was made, and what is missing in it comes next

  const check = doing("check", async () => {
    stop("survey"); // the text comes first
    const now = draft();
    if (!now) {
      good = null;
      $("stale").hidden = true;
      $("report").replaceChildren();
      $("trials").replaceChildren();
    } else {
      const found = await ask("check", { pack: now });
      if (!found) return;
      put($("report"), found.html);
      if (isNew) goTo(Number($("report").querySelector("[data-line]")?.dataset.line ?? 1));
      isNew = false;
      if (found.can_run) good = now;
      $("stale").textContent = good ? "These are the marks of the rules as they were before they got defects." : "The rules mark nothing until they can run.";
      $("stale").hidden = found.can_run;
      if (!good) $("trials").replaceChildren();
    }
    if (looked !== good) await look();
    await survey();
  });

  let waiting = 0;
  const edited = () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, WAIT);
    const lines = editor.value.split("\n").length;
    if ($("numbers").textContent.split("\n").length !== lines) $("numbers").textContent = Array.from({ length: lines }, (_, at) => at + 1).join("\n");
    showState();
  };

  const showState = () => {
    $("state").textContent = isSaved() ? (saved.name ? "saved" : "") : "not saved";
    $("state").classList.toggle("is-unsaved", !isSaved());
    $("save").disabled = isSaved() || !draft();
    document.title = `${isSaved() ? "" : "• "}${$("name").value || "rules"} – stripper workbench`;
  };

  const goTo = (line) => {
    const lines = editor.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const said = lines[line - 1] ?? "";
    const empty = said.indexOf('""') + 1; // what is to be filled in
    editor.focus();
    editor.setSelectionRange(start + empty, start + (empty || said.length));
    editor.scrollTop = Math.max(0, line - 4) * parseFloat(getComputedStyle(editor).lineHeight);
    editor.scrollLeft = 0;
  };

  const mayLeave = () => isSaved() || confirm(`What you changed in ${$("name").value} isn't saved. Go on without it?`);

  const openPack = doing("pack", async (name) => {
    $("packs").value = saved.name; // until it is there
    const found = name ? await ask("pack", { name }) : { text: "", tag: null };
    if (found) show(name, found);
  });

  const show = (name, found) => {
    const ends = found.text.includes("\r\n") ? "\r\n" : "\n";
    saved = { name, text: found.text.replaceAll("\r\n", "\n"), tag: found.tag, ends };
    $("packs").value = name;
    $("name").value = name || freeName("rules");
    $("name").readOnly = Boolean(name);
    editor.value = saved.text;
    editor.setSelectionRange(0, 0);
    if ([...$("kind").options].some((option) => option.value === kindOf())) $("kind").value = kindOf(); // of the next rule
    good = null;
    edited();
    clearTimeout(waiting);
    check();
  };

  const packNames = () => [...$("packs").options].map((option) => option.value);

  const freeName = (stem) => {
    const taken = packNames();
    for (let number = 1; ; number += 1) {
      const name = number > 1 ? `${stem}-${number}.toml` : `${stem}.toml`;
      if (!taken.includes(name)) return name;
    }
  };

  // One after another, since each needs the tag that the one before it left.
  let saving = Promise.resolve();
  const save = (tag) => (saving = saving.then(() => saveNow(tag)));

  const saveNow = doing("pack", async (tag) => {
    const before = saved;
    const now = draft();
    if (!now || (isSaved() && !tag)) return false;
    try {
      const done = await ask("pack", { name: now.name, text: now.text.replaceAll("\n", before.ends), tag: tag ?? before.tag }, "PUT");
      if (!packNames().includes(now.name)) $("packs").add(new Option(now.name, now.name));
      if (saved !== before) return false; // another one was opened meanwhile
      saved = { ...before, name: now.name, text: now.text, tag: done.tag };
      $("packs").value = now.name;
      $("name").readOnly = true;
      showState();
      return true;
    } catch (error) {
      if (error.status !== 412 || !before.name || saved !== before) throw error;
      tell("pack", error.message, button("open it as it is now", () => openPack(now.name)), button("save mine over it", () => saveOver(now.name)));
      return false;
    }
  });

  const saveOver = doing("pack", async (name) => {
    const there = await ask("pack", { name });
    if (there) await save(there.tag);
    return false;
  });

  // In the place of what is selected; a browser that knows the old command can undo it.
  const insert = (text) => {
    editor.focus();
    if (!document.execCommand("insertText", false, text)) editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
    edited();
  };

  const makeRule = doing("rule", async () => {
    const line = $("line").value.trim();
    const wanted = $("kind").value;
    const kind = kindOf();
    if (kind && kind !== wanted) throw new Error(`These rules are about ${kind}, and a file is about one kind; for ${wanted}, begin a new pack.`);
    const made = await ask("rule", { kind: wanted, line });
    if (!made) return;
    if (!draft() && !saved.name) $("name").value = freeName(wanted);
    const start = editor.value.trim() ? editor.value.length : 0;
    const text = start ? `${editor.value.endsWith("\n") ? "" : "\n"}\n${made.rule}` : made.pack;
    editor.setSelectionRange(start, editor.value.length);
    insert(text);
    isNew = true;
    clearTimeout(waiting);
    check();
  });

  // ---- the folder

  const SHOWN = 300; // milliseconds between two pictures of a table that grows
  let rows = [];
  let surveyed = { pack: null, url: null };

  // Goes on where it was stopped, unless something else is asked.
  const survey = doing("survey", async () => {
    const pack = good;
    const url = address();
    if (pack !== surveyed.pack || url !== surveyed.url) rows = [];
    surveyed = { pack, url };
    if (!pack) {
      showRows("What the rules do to each page of the folder.");
      return;
    }
    let shown = 0;
    for (;;) {
      const done = new Set(rows.map((row) => row.name));
      const missing = names.filter((name) => !done.has(name));
      if (!missing.length) break;
      if (shown < performance.now() - SHOWN) {
        showRows(`${rows.length} of ${names.length} pages …`);
        shown = performance.now();
      }
      const found = await ask("survey", { names: missing.slice(0, 200), pack, url });
      if (!found) return;
      rows.push(...found.rows);
    }
    showRows(names.length ? total() : "There are no pages in the folder.");
  });

  // Files come and go while somebody works.
  const readFolder = async () => {
    const found = await ask("folder", {});
    if (!found) return null;
    const here = new Set(found.pages);
    names = found.pages;
    rows = rows.filter((row) => here.has(row.name));
    list($("pages"), names);
    list($("packs"), found.packs);
    $("folder").textContent = found.folder;
    if (!found.whole) tell("limits", `The folder holds more than the ${names.length} pages and ${found.packs.length} packs that are listed.`);
    return found;
  };

  // Names as the options of a list, below the first, which stands for none; what was chosen stays, if it is there.
  const list = (place, wanted) => {
    const options = [...place.options].slice(1);
    if (options.length === wanted.length && options.every((option, at) => option.value === wanted[at])) return;
    const chosen = place.value;
    place.length = 1;
    place.append(...wanted.map((name) => new Option(name, name))); // an option without a value of its own has no double blanks
    place.value = wanted.includes(chosen) ? chosen : "";
  };

  // Somebody comes from another window, in which they may have saved a page, or edited the pack.
  const comeBack = doing("folder", async () => {
    const before = names;
    if (!(await readFolder())) return;
    if (names.length !== before.length || names.some((name, at) => name !== before[at])) survey();
    if (!saved.name || !isSaved()) return; // a pack that was edited here is told of when it is saved
    const { name, tag } = saved;
    const there = await ask("pack", { name }, "POST", "the same pack"); // a topic of its own: nobody's choice of another pack is lost by it
    if (there && there.tag !== tag && saved.tag === tag && isSaved()) show(name, there);
  });

  const changes = (row) => row.marks || row.fields.length || row.before !== row.after;

  const total = () => {
    const sum = (of) => rows.reduce((before, row) => before + of(row), 0).toLocaleString("en");
    const failed = rows.filter((row) => row.error).length;
    return `Marks: ${sum((row) => row.marks)}, on ${sum((row) => (row.marks ? 1 : 0))} of ${rows.length} pages; characters that they remove: ${sum((row) => row.removed)}. `
      + `The body changes on ${sum((row) => (row.before === row.after ? 0 : 1))}, fields on ${sum((row) => (row.fields.length ? 1 : 0))}.`
      + (failed ? ` ${failed} can't be read.` : "");
  };

  const showRows = (said) => {
    $("survey").textContent = said;
    const shown = rows.filter((row) => !$("only").checked || changes(row) || row.error);
    shown.sort((a, b) => b.removed - a.removed || b.marks - a.marks || Math.abs(b.before - b.after) - Math.abs(a.before - a.after));
    const at = document.activeElement?.closest("#rows tr")?.dataset.name;
    $("rows").tBodies[0].replaceChildren(...shown.map(shownRow));
    $("rows").hidden = !shown.length;
    $("only-label").hidden = !rows.length;
    if (at) [...$("rows").tBodies[0].rows].find((row) => row.dataset.name === at)?.querySelector("button").focus();
  };

  const shownRow = (row) => {
    const made = document.createElement("tr");
    made.dataset.name = row.name;
    made.setAttribute("aria-current", String(source?.name === row.name));
    const cell = (said, name) => {
      const place = made.insertCell();
      place.append(said);
      if (name) place.className = name;
    };
    const number = (value) => value.toLocaleString("en");
    cell(button(row.name, () => openNamed(row.name)));
    if (row.error) {
      cell(row.error, "error");
      made.lastChild.colSpan = 4;
      return made;
    }
    cell(number(row.marks), "number");
    cell(number(row.removed), "number");
    cell(row.before === row.after ? number(row.after) : `${number(row.before)} → ${number(row.after)}`, "number");
    cell(row.fields.join(", "));
    return made;
  };

  // ---- what is pressed

  $("pages").addEventListener("change", () => { if ($("pages").value) openNamed($("pages").value); });
  $("paste").addEventListener("click", () => {
    const shown = $("pasted").hidden;
    $("pasted").hidden = !shown;
    $("paste").setAttribute("aria-expanded", String(shown));
    if (shown) $("paste-text").focus();
  });
  let pasting = 0;
  $("paste-text").addEventListener("input", () => {
    clearTimeout(pasting);
    pasting = setTimeout(() => {
      $("pages").value = "";
      open({ name: "what was pasted", text: $("paste-text").value });
    }, WAIT);
  });
  $("file").addEventListener("change", () => {
    const [file] = $("file").files;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      $("pages").value = "";
      open({ name: file.name, base64: reader.result.slice(reader.result.indexOf(",") + 1) });
    });
    reader.addEventListener("error", () => tell("look", `${file.name} can't be read.`));
    reader.readAsDataURL(file);
  });
  $("as").addEventListener("change", look);
  $("url").addEventListener("change", async () => {
    await look();
    await survey();
  });
  for (const view of document.querySelectorAll("[name=view]")) view.addEventListener("change", () => { $("page").dataset.view = view.value; });

  $("page").addEventListener("click", (event) => {
    const line = event.target.closest(".source .line");
    if (!line) return;
    for (const other of $("page").querySelectorAll(".is-line")) other.classList.remove("is-line");
    line.classList.add("is-line");
    const words = line.cloneNode(true);
    for (const label of words.querySelectorAll(".kind")) label.remove();
    $("line").value = words.textContent.trim().replace(/\s+/g, " ");
  });

  $("packs").addEventListener("change", () => {
    if (mayLeave()) openPack($("packs").value);
    else $("packs").value = saved.name;
  });
  $("name").addEventListener("input", edited);
  $("save").addEventListener("click", () => save());
  $("maker").addEventListener("submit", (event) => {
    event.preventDefault();
    makeRule();
  });
  editor.addEventListener("input", () => {
    isNew = false;
    edited();
  });
  editor.addEventListener("scroll", () => { $("numbers").scrollTop = editor.scrollTop; });
  $("brackets").addEventListener("click", () => insert(`⟦${editor.value.slice(editor.selectionStart, editor.selectionEnd)}⟧`));
  $("quote").addEventListener("click", () => insert(`${JSON.stringify($("line").value)},`));
  $("report").addEventListener("click", (event) => {
    const place = event.target.closest("[data-line]");
    if (place) goTo(Number(place.dataset.line));
  });
  $("trials").addEventListener("click", (event) => {
    const place = event.target.closest("[data-goto]");
    if (!place) return;
    const marks = [...$("page").querySelectorAll(".mark")].filter((mark) => mark.dataset.rule === place.dataset.goto);
    const mark = marks[Number(place.dataset.nth)];
    if (!mark) return;
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    event.stopPropagation();
  });
  $("only").addEventListener("change", () => showRows($("survey").textContent));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      if (!$("save").disabled) save();
    }
  });
  addEventListener("beforeunload", (event) => { if (!isSaved()) event.preventDefault(); });

  // ---- the start

  doing("start", async () => {
    if (!token) throw new Error("Open the address that `stripper serve` printed: the part of it behind # is the key.");
    const found = await readFolder();
    if (!found) return;
    if (found.opened) openPack(found.opened);
    else $("name").value = freeName("rules");
    if (names.length) openNamed(names[0]);
    addEventListener("focus", comeBack);
  })();
})();
