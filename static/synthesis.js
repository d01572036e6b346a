// Saves a text while it is written, brings in what others wrote, and shows contributions beside it to cite from.
// Without this file the button saves and links lead to the contributions.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  const area = form.elements.text;
  const base = form.elements.base;
  const note = form.querySelector("[data-note]");
  const problem = form.querySelector("[data-problem]");
  const headers = { "X-Requested-With": "autosave" };
  const LONGEST = 60; // seconds between two tries
  let saved = form.hasAttribute("data-unsaved") ? null : area.value;
  let revision = form.dataset.revision;
  let pause = 5;
  let timer;
  let busy = null; // the saving or looking that is under way
  let isHeld = saved === null; // what two wrote is shown: nothing is saved before somebody decides
  let isRenewed = false;
  let place = "";

  // -- Saving

  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, seconds * 1000);
  };

  const tell = (said, wrong = "") => {
    note.textContent = said;
    problem.textContent = wrong;
    problem.hidden = !wrong;
  };

  const again = (said) => {
    tell(said);
    later(pause);
    pause = Math.min(pause * 2, LONGEST);
  };

  // One at a time; whoever comes second waits.
  const alone = async (deed, said) => {
    while (busy) await busy;
    busy = deed().catch(() => said && again(said)).finally(() => { busy = null; });
    await busy;
  };

  const save = () => alone(async () => {
    if (!isHeld && area.value !== saved) await send(area.value);
  }, form.dataset.offline);

  const send = async (text) => {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form), headers });
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.redirected) return void again(form.dataset.signedOut);
    if (answer.status === 403 && !isOurs && !isRenewed) {
      // Whoever signed in anew, in another tab, has another token.
      await renew();
      isRenewed = true;
      return void later(0.1);
    }
    if (!isOurs) return void again(form.dataset.offline);
    isRenewed = false;
    pause = 5;
    take(text, await answer.json(), answer.ok);
  };

  const take = (text, told, isSaved) => {
    tell(told.said || "", told.problem);
    place = told.place;
    if (!isSaved) return;
    revision = String(told.revision);
    base.value = told.base;
    if (told.problem) return;
    saved = text;
    forget(text);
    if (told.text !== undefined && area.value === text) {
      put(told.text);
      base.value = told.fresh;
      saved = told.text;
    } else if (area.value !== text) later(10);
  };

  const renew = async () => {
    const answer = await fetch(location.href, { headers });
    const told = await answer.json();
    form.elements.csrfmiddlewaretoken.value = told.token;
    return told;
  };

  // The text with what others wrote; the caret stays with the words it stood in.
  const put = (text) => {
    const old = area.value;
    const places = [area.selectionStart, area.selectionEnd];
    let start = 0;
    while (start < old.length && old[start] === text[start]) start += 1;
    const most = Math.min(old.length, text.length) - start;
    let end = 0;
    while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    const moved = (place) => {
      if (place <= start) return place;
      return place >= old.length - end ? place + text.length - old.length : Math.min(place, text.length - end);
    };
    const top = area.scrollTop;
    area.value = text;
    area.setSelectionRange(...places.map(moved));
    area.scrollTop = top;
  };

  // What others wrote comes while nobody types here.
  const look = () => alone(async () => {
    if (document.hidden || area.value !== saved) return;
    const told = await renew();
    const text = area.value;
    if (String(told.revision) !== revision && text === saved) await send(text);
  });

  // -- Kept in this browser until it is saved

  const waiting = form.querySelector("[data-waiting]");
  const store = (deed) => {
    try {
      return deed(window.localStorage);
    } catch {
      return null; // there is none, or it is full
    }
  };
  const keep = () => {
    const now = JSON.stringify({ text: area.value, base: base.value, at: Date.now() });
    store((kept) => kept.setItem(form.dataset.key, now));
  };
  const found = () => store((kept) => JSON.parse(kept.getItem(form.dataset.key)));
  const forget = (text) => {
    const kept = found();
    if (kept && kept.text === text) store((all) => all.removeItem(form.dataset.key));
  };

  const offer = () => {
    const kept = found();
    if (!kept || kept.text === area.value) return;
    waiting.hidden = false;
    const page = document.documentElement;
    const options = { dateStyle: "medium", timeStyle: "short", timeZone: page.dataset.zone || undefined };
    waiting.querySelector("[data-since]").textContent = new Date(kept.at).toLocaleString(page.lang, options);
    waiting.querySelector("[data-take]").addEventListener("click", () => {
      area.value = kept.text;
      base.value = kept.base;
      saved = null;
      waiting.hidden = true;
      save();
    });
    waiting.querySelector("[data-drop]").addEventListener("click", () => {
      forget(kept.text);
      waiting.hidden = true;
    });
  };

  // -- Citing while reading

  const sources = document.querySelector("[data-sources]");
  const opener = form.querySelector("[data-open-sources]");

  const show = async (address) => {
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector("[data-readings]");
      if (!part) return void tell(form.dataset.signedOut);
      sources.replaceChildren(document.adoptNode(part));
      sources.hidden = false;
      form.parentElement.classList.add("is-split");
      sources.scrollTop = 0;
      if (sources.getBoundingClientRect().top > innerHeight) sources.scrollIntoView(); // below the text, on a phone
    } catch {
      tell(form.dataset.offline);
    }
  };

  // The words that are selected in a contribution, in quotation marks they do not hold.
  const words = (reading) => {
    const chosen = getSelection();
    if (!chosen.rangeCount || !reading.contains(chosen.anchorNode) || !reading.contains(chosen.focusNode)) return "";
    const text = chosen.toString().trim().replace(/\s+/g, " ");
    const marks = [["“", "”"], ["«", "»"], ["「", "」"]].find(([, closing]) => !text.includes(closing));
    return text && marks ? ` ${marks[0]}${text}${marks[1]}` : "";
  };

  const cite = (link) => {
    const reading = link.closest("[data-number]");
    const reference = `[${reading.dataset.number}${words(reading.querySelector("[data-words]"))}]`;
    const place = area.selectionEnd;
    const gap = place && !/\s/.test(area.value[place - 1]) ? " " : "";
    area.setRangeText(gap + reference, place, place, "end");
    area.dispatchEvent(new Event("input"));
    tell(reference);
  };

  sources.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-cite]")) event.preventDefault(); // the selection stays
  });
  sources.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    if (link.matches("[data-cite]")) cite(link);
    else if (link.matches("[data-within]")) show(link.href);
    else return;
    event.preventDefault();
  });
  sources.addEventListener("submit", (event) => {
    event.preventDefault();
    show(`${opener.href}?${new URLSearchParams(new FormData(event.target))}`);
  });
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (sources.hidden) return void show(opener.href);
    sources.hidden = true;
    form.parentElement.classList.remove("is-split");
  });

  const leave = () => {
    saved = area.value;
    form.submit();
  };

  // -- When

  area.addEventListener("input", () => {
    isHeld = false;
    note.textContent = "";
    keep();
    later(10);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    isHeld = false;
    await save();
    if (area.value === saved) location.assign(place || form.dataset.back);
    else if (!problem.hidden) leave(); // the page that comes shows what is wrong with which line
  });
  addEventListener("online", () => later(0.1));
  addEventListener("focus", () => {
    if (area.value !== saved) later(1);
    else look();
  });
  addEventListener("beforeunload", (event) => {
    if (area.value !== saved) event.preventDefault();
  });
  setInterval(look, 20000);
  if (saved === null) keep();
  else offer();
})();
