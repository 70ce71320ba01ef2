// What keys do: "/" and Ctrl+K go to the search box, n and N to the next and previous mark of an article.
// The site works without any of it.
(() => {
  // While an input method is at work, a key is its own; so is one typed into a field.
  const isTyping = (event) =>
    event.isComposing ||
    event.keyCode === 229 ||
    event.target.closest?.("input, textarea, select, [contenteditable]");

  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

  const toTheBox = (event) => {
    const box = document.querySelector("input[name=q]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const isK = event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey;
    if (isK && (event.ctrlKey || event.metaKey)) toTheBox(event);
    else if (event.key === "/" && plain(event) && !isTyping(event)) toTheBox(event);
  });

  const walk = document.querySelector(".walk");
  const marks = document.querySelectorAll("article mark[id]");
  if (!walk || !marks.length) return;
  const place = walk.querySelector("output");

  // The mark that the address names, from 1; 0 before the first.
  const current = () => {
    const number = Number(/^#hit-(\d+)$/.exec(location.hash)?.[1] ?? 0);
    return number <= marks.length ? number : 0;
  };

  const tell = () => {
    place.textContent = current() ? `第 ${current()} 处，共 ${marks.length} 处` : "";
  };

  // Round and round, as a browser's own search goes. The address is replaced, so that "back" leads
  // out of the article, and what is shared leads to this very mark.
  const step = (by) => {
    const from = current() || (by > 0 ? 0 : 1);
    const next = ((from - 1 + by + marks.length) % marks.length) + 1;
    location.replace(`#hit-${next}`);
    // At once: of a smooth way that a second key cuts off nothing is left.
    marks[next - 1].scrollIntoView({ block: "center", behavior: "instant" });
    tell();
  };

  walk.hidden = false;
  for (const button of walk.querySelectorAll("button"))
    button.addEventListener("click", () => step(Number(button.value)));
  addEventListener("hashchange", tell);
  document.addEventListener("keydown", (event) => {
    if (!plain(event) || isTyping(event)) return;
    if (event.key === "n") step(1);
    else if (event.key === "N") step(-1);
    else return;
    event.preventDefault();
  });
  tell();
})();
