// Filters the list of events on the page itself. What is chosen stands in the address, so that a filtered list can be shared.
(() => {
  const form = document.getElementById("sieve");
  const left = document.getElementById("left");
  const items = [...document.querySelectorAll(".events > li")];
  if (!form) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = items.map((item) => plain(item.textContent));
  const fields = [...form.querySelectorAll("select, input")];
  const value = (field) => (field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value.trim());
  const chosen = () => Object.fromEntries(fields.map((field) => [field.id, value(field)]));

  const sift = () => {
    const { era, kind, actor, word, later } = chosen();
    const words = plain(word).split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, number) => {
      const data = item.dataset;
      // A link to one event shows it, whatever is chosen.
      const keep = item.id === location.hash.slice(1) || ((later || !("later" in data)) && (!era || data.era === era)
        && (!kind || data.kind === kind) && (!actor || data.actor.split("; ").includes(actor))
        && words.every((one) => texts[number].includes(one)));
      item.hidden = !keep;
      if (keep) shown += 1;
    });
    left.textContent = shown ? `${shown} of ${items.length} events.` : `None of ${items.length} events. Choose “all” in one of the lists, or a shorter word.`;
  };
  const address = () => {
    const here = new URL(location.href);
    Object.entries(chosen()).forEach(([name, given]) => (given ? here.searchParams.set(name, given) : here.searchParams.delete(name)));
    try { history.replaceState(null, "", here); } catch { /* a page from a disk may not change its address */ }
  };

  const asked = new URLSearchParams(location.search);
  fields.forEach((field) => {
    const given = asked.get(field.id);
    if (given === null) return;
    if (field.type === "checkbox") field.checked = true;
    else field.value = given;
    if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
  });
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { sift(); address(); });
  addEventListener("hashchange", sift);
  sift();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
