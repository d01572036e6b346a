// Deeds on a screen of a hearing: done without leaving the page. Without this file each is a form.
(() => {
  "use strict";
  const root = document.querySelector("[data-hearing]");
  const told = document.querySelector("[data-told]");

  // A deed is done by the server; until it answers, and when it refuses, nothing here pretends otherwise.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-stay]")) return;
    event.preventDefault();
    if (form.busy) return;
    form.busy = true;
    const data = new FormData(form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    const said = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } })
      .then((answer) => answer.json()).catch(() => ({ refused: root.dataset.failed }));
    form.busy = false;
    told.textContent = said.refused || said.done || "";
    told.classList.toggle("refusal", Boolean(said.refused));
    if (said.refused) return;
    form.reset();
    if (said.mine) root.dispatchEvent(new CustomEvent("mine", { detail: said.mine }));
  });

  // What was pressed just after the list moved was meant for another row.
  const moved = (node) => Boolean(node) && (Date.now() - node.changed < 600 || moved(node.parentElement));
  document.addEventListener("click", (event) => {
    if (moved(event.target) || moved(document.querySelector(".votes"))) event.preventDefault();
  }, true);
})();
