// Saves notes while they are written, each paragraph for itself, and brings in what others wrote into those that nobody
// types in here. Without this file the buttons save.
(() => {
  "use strict";
  const all = document.querySelector("[data-notes]");
  if (!all || !window.fetch) return;
  const headers = { "X-Requested-With": "autosave" };
  const forms = () => [...all.querySelectorAll("form")];
  const tell = (form, said) => { form.querySelector("[data-said]").textContent = said; };
  const isDirty = (form) => form.elements.text.value !== form.saved;

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
    form.busy = true;
    try {
      const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers });
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
    if (!isSaved) return;
    form.saved = text;
    form.elements.note.value = told.note;
    form.elements.version.value = told.version;
    if (told.place) {
      const link = document.createElement("a");
      link.href = told.place;
      link.textContent = told.said;
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
  const fresh = all.querySelector("#new");
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
    if (forms().some((form) => !form.isSent && isDirty(form))) event.preventDefault();
  });
  all.addEventListener("submit", (event) => { event.target.isSent = true; });
  for (const form of forms()) form.saved = form.elements.text.defaultValue;
  setInterval(() => document.hidden || look().catch(() => {}), 15000);
})();
