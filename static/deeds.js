// Deeds on a screen of a hearing: done without leaving the page. Without this file each is a form.
(() => {
  "use strict";
  const root = document.querySelector("[data-hearing]");
  const told = document.querySelector("[data-told]");
  const LONGEST = 40000; // milliseconds, ten times what an answer takes over 2G
  let shown;

  // Above all else, wherever on the page the button stands; what was done goes away by itself.
  const tell = (text, isRefused) => {
    clearTimeout(shown);
    told.textContent = text || "";
    told.classList.toggle("refusal", Boolean(isRefused));
    if (!isRefused) shown = setTimeout(tell, 10000);
  };

  // Whoever signed in anew elsewhere has a page that is too old; there they are given back what they wrote, to send it.
  const without = (form, button) => {
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    form.submit();
  };

  // A deed is done by the server; until it answers, and when it refuses, nothing here pretends otherwise.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-stay]")) return;
    event.preventDefault();
    if (form.busy) return;
    form.busy = true;
    const data = new FormData(form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    const slow = setTimeout(() => { told.textContent = root.dataset.sending; }, 1000);
    const sent = { method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(LONGEST) };
    const said = await fetch(form.action, sent)
      .then((answer) => {
        if (answer.redirected) return location.assign(answer.url); // signed out: what was written waits behind the sign-in
        const isTooOld = answer.status === 403 && !answer.headers.get("Content-Type").includes("json");
        return isTooOld ? without(form, event.submitter) : answer.json();
      })
      .catch(() => ({ refused: root.dataset.failed }));
    clearTimeout(slow);
    form.busy = false;
    if (!said) return; // another page comes
    tell(said.refused || said.done, said.refused);
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
