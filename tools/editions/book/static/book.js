// What a page does beyond reading. Without JavaScript all text, code and links are still there.
(() => {
  const cells = [...document.querySelectorAll("details.code")];
  const key = `code:${location.pathname}`;
  const button = document.getElementById("code");

  // Which pieces of code are open is kept for each page.
  const keep = () => {
    const closed = cells.flatMap((cell, index) => (cell.open ? [] : [index]));
    try { localStorage.setItem(key, JSON.stringify(closed)); } catch { /* nothing is kept, nothing is lost */ }
  };
  const restore = () => {
    try {
      const closed = JSON.parse(localStorage.getItem(key));
      if (Array.isArray(closed)) cells.forEach((cell, index) => { cell.open = !closed.includes(index); });
    } catch { /* as the page was written */ }
  };
  const anyOpen = () => cells.some((cell) => cell.open);
  const name = () => { if (button) button.textContent = anyOpen() ? button.dataset.hide || "Hide the code" : button.dataset.show || "Show the code"; };

  if (button && cells.length) {
    restore();
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      const open = !anyOpen();
      cells.forEach((cell) => { cell.open = open; });
    });
    cells.forEach((cell) => cell.addEventListener("toggle", () => { name(); keep(); }));
  }

  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  // A picture that was never scrolled to is not loaded yet; on paper it must be there.
  const pictures = document.querySelectorAll("img[loading=lazy]");
  addEventListener("beforeprint", () => pictures.forEach((image) => { image.loading = "eager"; }));

  // A box that scrolls must be reachable with the keyboard; one that does not scroll should not hold the reader up.
  const boxes = document.querySelectorAll(".table, .paper, pre");
  const reach = () => boxes.forEach((box) => {
    if (box.matches("a")) {
      const picture = box.querySelector("img");
      box.classList.toggle("scrolls", picture.offsetWidth > box.clientWidth + 1);
      return;
    }
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  reach();
  addEventListener("resize", reach);

  // The switch to another language leads to the same place: the heading above what is being read has the same anchor there.
  document.querySelectorAll(".languages a").forEach((link) => link.addEventListener("click", () => {
    const above = [...document.querySelectorAll("main :is(h1, h2, h3)[id]")].filter((heading) => heading.getBoundingClientRect().top < 120);
    const last = above.at(-1);
    link.hash = last && last.tagName !== "H1" ? last.id : "";
  }));

  // On a phone the contents lie over the page: a link in them closes them.
  const contents = document.getElementById("contents");
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });
})();
