// The search runs on this page alone: it reads the course's sections (entries.js) and answers while one types. MiniSearch also
// finds what is spelt a little differently. A book that was built without it finds words only as they are spelt.
(() => {
  const SHOWN = 30;
  const AROUND = 90;
  // Accents and vowel signs are left out, so that "Lwow" finds "Lwów" and a bare Arabic word finds a pointed one.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // A section that explains a thing goes before a bare event of the list.
  const weight = (href) => (href.startsWith("events.html") ? 0.4 : 1);
  class PlainSearch {
    addAll(entries) {
      this.entries = entries.map((entry) => ({ entry, texts: [entry.heading, entry.page, entry.text].map(plain) }));
    }
    search(query, { combineWith = "AND" } = {}) {
      const words = plain(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      const found = this.entries.map(({ entry, texts }) => {
        const match = words.filter((word) => texts.some((text) => text.includes(word)));
        const [heading, page] = texts.map((text) => words.filter((word) => text.includes(word)).length);
        const score = 100 * match.length + weight(entry.href) * (10 * heading + page);
        return { ...entry, match: Object.fromEntries(match.map((word) => [word, []])), score, size: match.length };
      });
      const enough = combineWith === "OR" ? 1 : words.length;
      return found.filter((one) => words.length && one.size >= enough).sort((one, other) => other.score - one.score);
    }
  }
  const index = !window.MiniSearch ? new PlainSearch() : new MiniSearch({
    fields: ["heading", "page", "text"],
    storeFields: ["href", "page", "heading", "text"],
    processTerm: plain,
    searchOptions: { boost: { heading: 3, page: 2 }, prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 4 ? 0.15 : 0), combineWith: "AND", boostDocument: (id, term, { href }) => weight(href) },
  });
  index.addAll(window.COURSE);

  const input = document.getElementById("query");
  const list = document.getElementById("results");
  const count = document.getElementById("count");

  const excerpt = (entry, words) => {
    const text = entry.text;
    const lower = text.toLowerCase();
    const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
    const near = places.length ? Math.max(0, Math.min(...places) - AROUND) : 0;
    const start = near ? text.indexOf(" ", near) + 1 : 0;
    const piece = text.slice(start, start + 2 * AROUND + 60);
    const paragraph = document.createElement("p");
    paragraph.append(start ? "… " : "");
    const marks = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).sort((a, b) => b.length - a.length);
    const parts = marks.length ? piece.split(new RegExp(`(${marks.join("|")})`, "giu")) : [piece];
    parts.forEach((part, number) => {
      if (number % 2) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        paragraph.append(mark);
      } else paragraph.append(part);
    });
    paragraph.append(start + piece.length < text.length ? " …" : "");
    return paragraph;
  };

  const item = (result) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = result.href;
    link.textContent = result.heading;
    const where = document.createElement("span");
    where.className = "where";
    where.textContent = result.heading === result.page ? "" : result.page;
    line.append(link, where, excerpt(result, Object.keys(result.match)));
    return line;
  };

  const search = () => {
    const query = input.value.trim();
    let results = query ? index.search(query) : [];
    let note = "";
    if (query && !results.length) {
      results = index.search(query, { combineWith: "OR" });
      note = results.length ? "No section has all of these words. Sections with some of them: " : "";
    }
    list.replaceChildren(...results.slice(0, SHOWN).map(item));
    if (!query) count.textContent = "Write a word: sections with it appear here.";
    else if (!results.length) count.textContent = `Nothing found for “${query}”. Try another spelling, or a shorter word.`;
    else count.textContent = `${note}${results.length} ${results.length === 1 ? "section" : "sections"}${results.length > SHOWN ? `, the best ${SHOWN} shown` : ""}.`;
  };

  const address = () => {
    const here = new URL(location.href);
    here.searchParams.set("q", input.value);
    try { history.replaceState(null, "", here); } catch { /* a page from a disk may not change its address */ }
  };

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  document.getElementById("finder").addEventListener("submit", (event) => { event.preventDefault(); address(); });
  input.addEventListener("input", () => { search(); address(); });
  search();
  input.focus();
})();
