// A prebuilt extension of JupyterLab, written by hand because it is all of one style sheet: JupyterLab asks the container
// that is found under its name for its module, and activates the plugin in it.
(() => {
  "use strict";
  const here = new URL(".", document.currentScript.src);
  const plugin = {
    id: "course-letters:plugin",
    description: "Letters and direction of the lessons in Urdu and Arabic",
    autoStart: true,
    activate: () => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = new URL("letters.css", here).href;
      document.head.append(sheet);
    },
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["course-letters"] = {
    init: () => {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
