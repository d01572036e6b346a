// The console by keyboard: a key presses the button that has it, or goes to the field, or to what is not undone.
(() => {
  "use strict";
  const keys = document.querySelector("[data-keys]");
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (!keys?.checked || ctrlKey || metaKey || altKey || target.matches("input:not([type=checkbox]), textarea, select")) return;
    const wanted = [...document.querySelectorAll(`[data-key="${CSS.escape(key.toLowerCase())}"]`)];
    const found = wanted.find((node) => node.offsetParent);
    if (!found) return;
    if (found.matches("button:not([data-goes])")) return found.click();
    const whom = found.form.elements[found.dataset.first]; // the first who waits, unless somebody is chosen
    if (whom && !whom.value) whom.selectedIndex = 1;
    setTimeout(() => found.focus());
  });
})();
