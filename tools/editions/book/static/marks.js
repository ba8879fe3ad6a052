// The marks of a figure are one stop of the Tab key; the arrow keys lead from one event to the next, in the order of time.
document.querySelectorAll(".marks").forEach((group) => {
  const links = [...group.querySelectorAll("a")];
  const go = (link) => {
    links.forEach((other) => { other.tabIndex = other === link ? 0 : -1; });
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone the picture scrolls sideways
  };
  group.addEventListener("keydown", (event) => {
    const here = links.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    if (links[to]) go(links[to]);
  });
});
