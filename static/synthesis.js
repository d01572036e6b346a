// Saves a text while it is written. Without this file the button does; what was typed is never replaced.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  const area = form.elements.text;
  const note = form.querySelector("[data-note]");
  let saved = area.value;
  let timer;
  let busy = false;

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, seconds * 1000);
  };

  const save = async () => {
    const text = area.value;
    if (busy || text === saved) return;
    busy = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "autosave" },
      });
      const told = await answer.json();
      note.textContent = told.said || told.problem;
      if (answer.ok) {
        form.elements.base.value = told.base;
        saved = text;
      }
    } catch {
      note.textContent = form.dataset.offline;
      later(60);
    }
    busy = false;
  };

  area.addEventListener("input", () => {
    note.textContent = "";
    later(10);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = area.value;
  });
  addEventListener("beforeunload", (event) => {
    if (area.value !== saved) event.preventDefault();
  });
})();
