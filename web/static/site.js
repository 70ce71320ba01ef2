// What makes the site quicker to use: keys, suggestions, the way through an article's marks, links to
// a stretch of text. The site works without any of it. Nothing acts while an input method composes.
(() => {
  const say = document.currentScript.dataset;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  // While an input method is at work, a key is its own; so is one typed into a field.
  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  const isTyping = (event) => event.target.closest?.("input, textarea, select, [contenteditable]");
  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

  // ---- The search box: suggestions of the archive, and what was searched here lately.

  const RECENT = "xunwen.recent";
  const MOST_RECENT = 8;
  const PAUSE_MS = 120; // after the last key, before the archive is asked

  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
    } catch {
      return []; // no storage here, or not ours
    }
  };
  const keep = (texts) => {
    try {
      localStorage.setItem(RECENT, JSON.stringify(texts.slice(0, MOST_RECENT)));
    } catch {
      // Then nothing is kept.
    }
  };

  const suggestIn = (box) => {
    const form = box.form;
    const panel = make("div", { class: "offers", hidden: "" });
    const head = make("p", { class: "offershead", hidden: "" }, say.recent);
    const forget = make("button", { type: "button" }, say.forget);
    const list = make("ul", { role: "listbox", id: "offers", "aria-label": box.labels[0].textContent });
    const status = make("p", { class: "unseen", role: "status" });
    head.append(forget);
    panel.append(head, list);
    box.after(panel, status);
    for (const [key, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "offers",
    })) box.setAttribute(key, value);

    let typed = box.value; // what the reader typed, while an offer stands in the box
    let chosen = -1;
    let timer = 0;
    let asking = null;
    let composing = false;

    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      panel.hidden = true;
      chosen = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
      status.textContent = "";
    };

    const show = (texts, areRecent) => {
      list.replaceChildren(
        ...texts.map((text, at) => make("li", { role: "option", id: `offer-${at}`, "aria-selected": "false", lang: "zh" }, text)),
      );
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
      head.hidden = !areRecent;
      panel.hidden = !texts.length;
      box.setAttribute("aria-expanded", String(!panel.hidden));
      status.textContent = texts.length ? fill(say.offered, { n: texts.length }) : "";
    };

    const ask = async () => {
      asking?.abort();
      const text = box.value;
      if (!text.trim()) return show(recent(), true);
      asking = new AbortController();
      const { signal } = asking;
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal });
        if (!answer.ok) return close();
        const { suggestions } = await answer.json();
        // Later than it was asked for: the box may have changed, or an input method begun.
        if (signal.aborted || composing || box.value !== text || document.activeElement !== box) return;
        show(suggestions.map((one) => one.text), false);
      } catch {
        if (!signal.aborted) close(); // no answer is no hint, and no error to a reader
      }
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    };

    const choose = (at) => {
      const options = all("[role=option]", list);
      chosen = at;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      box.value = at < 0 ? typed : options[at].textContent;
      if (at < 0) return box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    };

    box.addEventListener("compositionstart", () => {
      composing = true;
      close();
    });
    box.addEventListener("compositionend", () => {
      composing = false;
      typed = box.value;
      soon();
    });
    box.addEventListener("input", (event) => {
      if (composing || event.isComposing) return;
      typed = box.value;
      soon();
    });
    // Not by the focus alone: a page that opens with it in the box opens no list over itself.
    box.addEventListener("click", () => {
      if (panel.hidden && !composing) soon();
    });
    // With the keyboard the focus may go on to the button in the list, and stay open till it leaves.
    const leave = (event) => {
      if (!panel.contains(event.relatedTarget) && event.relatedTarget !== box) close();
    };
    box.addEventListener("blur", leave);
    panel.addEventListener("focusout", leave);
    box.addEventListener("keydown", (event) => {
      if (isComposing(event) || composing) return;
      const count = list.children.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (panel.hidden) return soon();
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1); // through what was typed
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (panel.hidden) {
          close(); // what is about to be asked for too
          box.value = typed = "";
        }
        else {
          if (chosen >= 0) choose(-1);
          close();
        }
      }
    });

    // A press must not take the focus from the box, or the list would go before the click comes.
    panel.addEventListener("pointerdown", (event) => event.preventDefault());
    panel.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      box.value = option.textContent;
      form.requestSubmit();
    });
    forget.addEventListener("click", () => {
      keep([]);
      close();
      box.focus();
    });
    form.addEventListener("submit", (event) => {
      const text = box.value.trim();
      if (!text) return event.preventDefault();
      keep([text, ...recent().filter((other) => other !== text)]);
      close();
    });
  };

  const box = one("input[name=q]");
  if (box) suggestIn(box);

  // ---- Keys.

  const toTheBox = (event) => {
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
    box.click(); // as a reader would: what was searched lately is offered
  };

  const keys = one("dialog.keys");
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || keys?.open) return;
    const isK = event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey;
    if (isK && (event.ctrlKey || event.metaKey)) return toTheBox(event);
    if (!isPlain(event) || isTyping(event)) return;
    if (event.key === "/") toTheBox(event);
    else if (event.key === "?") {
      event.preventDefault();
      keys?.showModal();
    }
  });

  // ---- Back from an article: browsers restore the box, but not what it was for.

  addEventListener("pageshow", (event) => {
    if (event.persisted && box) box.value = box.defaultValue;
  });

  // ---- An article: the way through its marks, and their map.

  const article = one("article");
  if (!article) return;
  const marks = all("mark[id]", article);

  const walk = one(".walk");
  if (walk && marks.length) {
    const place = one("output", walk);

    // The mark that the address names, from 1; 0 before the first.
    const current = () => {
      const number = Number(/^#hit-(\d+)$/.exec(location.hash)?.[1] ?? 0);
      return number <= marks.length ? number : 0;
    };
    // How many marks lie above what is in view, below the bar.
    const passed = () => {
      const top = walk.getBoundingClientRect().bottom;
      const below = marks.findIndex((mark) => mark.getBoundingClientRect().top >= top);
      return below < 0 ? marks.length : below;
    };
    const tell = () => {
      place.textContent = current() ? fill(say.place, { n: current(), all: marks.length }) : "";
    };
    // Round and round, as a browser's own search goes. The address is replaced, so that "back" leads
    // out of the article, and what is shared leads to this very mark.
    const step = (by) => {
      const from = current() || (by > 0 ? passed() : passed() + 1);
      const next = ((from - 1 + by + marks.length) % marks.length) + 1;
      location.replace(`#hit-${next}`);
      // At once: of a smooth way that a second key cuts off nothing is left.
      marks[next - 1].scrollIntoView({ block: "center", behavior: "instant" });
      tell();
    };

    walk.hidden = false;
    for (const button of all("button", walk))
      button.addEventListener("click", () => step(Number(button.value)));
    addEventListener("hashchange", tell);
    document.addEventListener("keydown", (event) => {
      if (isComposing(event) || !isPlain(event) || isTyping(event) || keys?.open) return;
      if (event.key === "n") step(1);
      else if (event.key === "N") step(-1);
      else return;
      event.preventDefault();
    });
    tell();
  }

  const map = one("svg.map");
  if (map) {
    // From where the server thinks a mark is to where it is drawn.
    const put = () => {
      const height = document.documentElement.scrollHeight;
      for (const link of map.children) {
        const mark = document.getElementById(link.getAttribute("href").slice(1));
        const down = mark.getBoundingClientRect().top + scrollY;
        link.firstElementChild.setAttribute("y", Math.min(996, Math.round((1000 * down) / height)));
      }
    };
    put();
    map.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      location.replace(link.getAttribute("href")); // as n does: back leads out of the article
    });
    let waiting = 0;
    new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(put);
    }).observe(article);
  }

  // ---- A link to the stretch that is selected: code points of the author's text, and their sum.

  const share = one(".share");
  const text = one(".text", article);
  const points = (string) => [...string].length;

  // Where a point of the page lies in the author's text, of which the page leaves out some breaks.
  const placeOf = (node, offset) => {
    if (node.nodeType !== Node.TEXT_NODE) return null;
    const line = node.parentElement.closest("[data-line]");
    if (!line || !text.contains(line)) return null;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let at = Number(line.dataset.line);
    while (walker.nextNode()) {
      const here = walker.currentNode;
      if (here.dataset?.at) at = Number(here.dataset.at);
      if (here === node) return at + points(node.data.slice(0, offset));
      if (here.nodeType === Node.TEXT_NODE) at += points(here.data);
    }
    return null;
  };

  // The first or last text of a range that lies in the article: ends may stand between elements.
  const textsIn = (range) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (range.intersectsNode(node) && node.parentElement.closest("[data-line]")) found.push(node);
    }
    return found;
  };

  const selected = () => {
    const selection = getSelection();
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const nodes = textsIn(range);
    if (!nodes.length) return null;
    const [first, last] = [nodes[0], nodes.at(-1)];
    const start = placeOf(first, first === range.startContainer ? range.startOffset : 0);
    const end = placeOf(last, last === range.endContainer ? range.endOffset : last.data.length);
    if (start === null || end === null || start >= end) return null;
    // By their sum the characters are found again where the text has moved; see web/ranges.py.
    const cut = (node) =>
      node.data.slice(
        node === range.startContainer ? range.startOffset : 0,
        node === range.endContainer ? range.endOffset : undefined,
      );
    const ink = [...nodes.map(cut).join("")].filter((c) => !/[\s\x1c-\x1f\x85\ufeff]/u.test(c));
    const sum = ink.reduce((total, c) => (Math.imul(total, 31) + c.codePointAt(0)) >>> 0, 0);
    return [start, end, ink.length, sum.toString(16).padStart(8, "0")];
  };

  if (share && text) {
    const told = one("output", share);
    const button = one("button", share);
    // Only whether there is one: where it lies is found out on a click, since this comes often.
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      const isHere = text.contains(selection.anchorNode) || text.contains(selection.focusNode);
      share.hidden = selection.isCollapsed || !isHere;
      told.textContent = "";
    });
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    button.addEventListener("click", async () => {
      const span = selected();
      if (!span) return;
      const link = new URL(location.href);
      link.hash = "at";
      link.searchParams.delete("lang");
      link.searchParams.set("at", span.join("-"));
      history.replaceState(null, "", link);
      try {
        await navigator.clipboard.writeText(link.href);
        told.textContent = say.copied;
      } catch {
        told.textContent = say.bar; // without https there is no clipboard
      }
    });
  }
})();
