// Saves notes while they are written, each paragraph for itself, and brings in what others wrote into those that nobody
// types in here. What a bad line keeps back waits in the page, and outlives its loading anew. Without this file the
// buttons save.
(() => {
  "use strict";
  const all = document.querySelector("[data-notes]");
  if (!all || !window.fetch) return;
  const headers = { "X-Requested-With": "autosave" };
  const forms = () => [...all.querySelectorAll("form")];
  const tell = (form, said) => { form.querySelector("[data-said]").textContent = said; };
  const isDirty = (form) => form.elements.text.value !== form.saved;
  const prefix = `note:${location.pathname}${location.search}:`;
  const place = ({ elements: { note, key } }) => prefix + (note.value || `new:${key.value}`);
  const store = (form, text) => {
    try {
      if (text === null) sessionStorage.removeItem(place(form));
      else sessionStorage.setItem(place(form), JSON.stringify([form.elements.version.value, text]));
    } catch { /* a full or closed store: the page still has it */ }
  };

  const later = (form, seconds) => {
    clearTimeout(form.timer);
    form.timer = setTimeout(() => save(form), seconds * 1000);
  };
  const again = (form, said) => {
    tell(form, said);
    form.pause = Math.min((form.pause || 3) * 2, 60);
    later(form, form.pause);
  };

  const save = async (form) => {
    const text = form.elements.text.value;
    if (form.busy || !isDirty(form) || (!text.trim() && !form.elements.note.value)) return;
    store(form, text);
    // New paragraphs come in in the order in which they were begun, or the record would tell them in another one.
    const first = forms().find((one) => !one.elements.note.value && one.elements.text.value.trim() && !one.refused);
    if (!form.elements.note.value && first && first !== form) {
      tell(form, first.querySelector("[data-said]").textContent);
      later(form, 1);
      return;
    }
    form.busy = true;
    const sent = new FormData(form);
    if (form.tried !== undefined) sent.set("tried", form.tried); // it may have come in, and its answer was lost
    form.tried = text;
    const signal = AbortSignal.timeout && AbortSignal.timeout(30000); // a line that hangs is none
    try {
      const answer = await fetch(location.href, { method: "POST", body: sent, headers, signal });
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.redirected) again(form, all.dataset.signedOut);
      else if (answer.status === 403 && !isOurs) {
        await look(); // whoever signed in anew, in another tab, has another token
        again(form, "");
      } else if (!isOurs) again(form, all.dataset.offline);
      else take(form, text, await answer.json(), answer.ok);
    } catch {
      again(form, all.dataset.offline);
    } finally {
      form.busy = false;
    }
    if (isDirty(form) && !form.timer) later(form, 3);
  };

  const take = (form, text, told, isSaved) => {
    clearTimeout(form.timer);
    form.timer = 0;
    form.pause = 0;
    tell(form, told.said || told.problem);
    form.tried = undefined;
    form.refused = !isSaved;
    if (!isSaved) return;
    store(form, null); // by the name it had, before it has another
    form.saved = text;
    form.elements.note.value = told.note;
    form.elements.version.value = told.version;
    if (told.place) {
      const link = document.createElement("a");
      link.href = told.place;
      link.textContent = told.said;
      // Where only what follows the # differs, a browser stays on the page it has, which does not show both wordings.
      link.addEventListener("click", () => setTimeout(() => location.reload()));
      form.querySelector("[data-said]").replaceChildren(link);
    }
  };

  // What others wrote comes into paragraphs that nobody types in here.
  const look = async () => {
    const told = await (await fetch(location.href, { headers })).json();
    const known = new Set();
    for (const form of forms()) {
      form.elements.csrfmiddlewaretoken.value = told.token;
      const row = told.rows[form.elements.note.value];
      known.add(form.elements.note.value);
      if (!row || form.busy || isDirty(form) || String(row[0]) === form.elements.version.value) continue;
      [form.elements.version.value, form.elements.text.value] = row;
      form.saved = row[1];
    }
    offer(told);
    const isMore = Object.keys(told.rows).some((pk) => !known.has(pk));
    if (isMore && !more.isConnected) all.prepend(more);
  };
  // Who can be chosen for a new paragraph; whoever has the floor is, until somebody begins to write.
  let fresh = all.querySelector("#new");
  const offer = ({ speakers, speaking }) => {
    const { speaker, text } = fresh.elements;
    const chosen = speaker.value;
    const known = new Set([...speaker.options].map((option) => option.value));
    for (const [pk, name] of speakers) if (!known.has(String(pk))) speaker.add(new Option(name, pk));
    speaker.value = text.value ? chosen : speaking || "";
  };
  const floor = document.querySelector("[data-say='floor.speaker.name']");
  if (floor) new MutationObserver(() => look().catch(() => {})).observe(floor, { childList: true, characterData: true, subtree: true });

  const more = document.createElement("a");
  more.className = "notice";
  more.textContent = all.dataset.more;
  more.href = location.href.replace(/#.*/, "");

  all.addEventListener("input", (event) => {
    const form = event.target.form;
    tell(form, "");
    later(form, 3);
  });
  all.addEventListener("focusout", (event) => event.target.form && save(event.target.form));
  addEventListener("online", () => forms().forEach(save));
  addEventListener("beforeunload", (event) => {
    if (forms().some(isDirty)) event.preventDefault();
  });
  // A button saves as typing does, so that it loses nothing without a line; below a new paragraph the next one begins.
  all.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form === fresh && form.elements.text.value.trim()) begin(form);
    save(form);
  });
  const begin = (form) => {
    fresh = form.cloneNode(true);
    form.removeAttribute("id");
    for (const field of form.querySelectorAll("[id]")) field.id += form.elements.key.value;
    for (const label of form.querySelectorAll("label")) label.htmlFor += form.elements.key.value;
    const { note, version, key, text, speaker } = fresh.elements;
    note.value = version.value = text.value = fresh.saved = "";
    key.value = Date.now().toString(36) + Math.random().toString(36).slice(2); // sorted, they are in their order
    speaker.value = form.elements.speaker.value;
    tell(fresh, "");
    form.after(fresh);
    text.focus();
  };
  const restore = (form, kept) => {
    [form.elements.version.value, form.elements.text.value] = JSON.parse(kept);
    later(form, 1);
  };
  for (const form of forms()) {
    form.saved = form.elements.text.defaultValue;
    const kept = form !== fresh && sessionStorage.getItem(place(form));
    if (kept) restore(form, kept);
  }
  for (const name of Object.keys(sessionStorage).sort()) {
    if (!name.startsWith(`${prefix}new:`)) continue;
    fresh.elements.key.value = name.slice(prefix.length + 4);
    restore(fresh, sessionStorage.getItem(name));
    begin(fresh);
  }
  setInterval(() => document.hidden || look().catch(() => {}), 15000);
})();
