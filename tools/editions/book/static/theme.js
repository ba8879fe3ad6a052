// Runs before the page is painted, so that a reader who chose the dark page never sees a white flash.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const isDark = () => (stored() ? stored() === "dark" : system.matches);
  const apply = () => { root.dataset.theme = isDark() ? "dark" : "light"; };
  apply();
  system.addEventListener("change", apply);

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    const name = () => { button.textContent = isDark() ? button.dataset.light || "Light page" : button.dataset.dark || "Dark page"; };
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      const chosen = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", chosen); } catch { /* a browser that keeps nothing: for this page only */ }
      root.dataset.theme = chosen;
      name();
    });
    system.addEventListener("change", name);
  });
})();
