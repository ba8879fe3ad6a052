// The keys of the marking page. A key presses a hidden button, so that keys reach the program in the order in which they were
// typed. They work wherever the page is in view, except while something is being written.
(() => {
  const pages = () => [...document.querySelectorAll(".classroom-mark")].filter((page) => page.offsetParent !== null);
  const writing = (target) => target.closest && target.closest("input, textarea, select, [contenteditable=true], .cm-content");
  const count = (page) => page.querySelector(".mark-count")?.textContent;
  const press = (page, key) => {
    const button = page.querySelector(`.mark-key-${key}`);
    if (button) button.click();
  };
  // A long rubric is higher than a small screen: the criterion to which the next digit belongs must be seen, and of the next
  // answer its beginning.
  let seen = "";
  const follow = (page) => {
    const answer = page.querySelector(".mark-top select")?.value + page.querySelector(".mark-top b")?.textContent;
    if (answer !== seen) page.scrollIntoView({ block: "start" });
    else page.querySelector(".mark-active")?.scrollIntoView({ block: "nearest" });
    seen = answer;
  };
  // The program answers each click by counting on. When it does not, nothing is being saved, and the page must say so.
  const followed = new WeakSet();
  const watch = (page) => {
    const before = count(page);
    if (!followed.has(page)) {
      followed.add(page);
      new MutationObserver(() => follow(page)).observe(page.querySelector(".mark-count"), { childList: true, subtree: true });
    }
    setTimeout(() => page.classList.toggle("mark-silent", count(page) === before), 5000);
  };
  const listen = (event) => {
    const page = pages()[0];
    if (!page || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = writing(event.target);
    const ours = page.contains(event.target);
    if (field) {
      if (event.key === "Escape" && ours) {
        event.target.blur();
        event.stopImmediatePropagation();
      }
      return;
    }
    const key = { Enter: "n", Backspace: "erase" }[event.key] || event.key.toLowerCase();
    if (event.key === "Enter" && event.target.closest && event.target.closest("button")) return;
    if (key === "c") page.querySelector(".mark-comment textarea")?.focus();
    else if (/^([0-9npf]|erase)$/.test(key)) press(page, key);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  if (window.classroomMark) {
    window.removeEventListener("keydown", window.classroomMark.listen, true);
    document.removeEventListener("click", window.classroomMark.clicked, true);
  }
  const clicked = (event) => {
    const page = event.target.closest && event.target.closest(".classroom-mark");
    if (page && event.target.closest("button")) watch(page);
  };
  window.classroomMark = { listen, clicked };
  // Before JupyterLab, for which some of these keys would change a cell.
  window.addEventListener("keydown", listen, true);
  document.addEventListener("click", clicked, true);
  // The heading above has been read: on a small laptop the rubric would not fit beneath it.
  setTimeout(() => pages()[0]?.scrollIntoView({ block: "start" }), 500);
})();
