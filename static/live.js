// Live thread pages: new, edited and hidden posts appear without a reload.
// The protocol is described in docs/live.md. Without this file everything works by reload.
(() => {
  "use strict";
  const list = document.querySelector("[data-live]");
  if (!list || !window.alphornLive) return;
  const page = document.documentElement;
  const note = document.querySelector("[data-live-note]");
  const isLastPage = list.hasAttribute("data-last-page");
  const byTime = list.dataset.order === "time";
  let arrived = 0;

  const take = (frame) => {
    if (frame.type === "snapshot") {
      if (isWriting()) tell(list.dataset.stale, location.href);
      else location.reload();
    }
    if (frame.type === "entry" && frame.post) place(frame.post);
  };

  const place = (post) => {
    const template = document.createElement("template");
    template.innerHTML = post.html;
    const fresh = template.content.firstElementChild;
    fresh.querySelectorAll("time[datetime]").forEach(localise);
    const known = document.getElementById("p" + post.number);
    if (known) {
      const open = known.querySelector("textarea");
      if (open && open.value) return;
      known.replaceWith(fresh);
      return;
    }
    arrived += 1;
    const after = [...list.children].find((item) => item.dataset.path &&
      (byTime ? +item.id.slice(1) > post.number : item.dataset.path > post.path));
    const first = list.firstElementChild;
    const isBefore = after && after === first && !list.hasAttribute("data-first-page");
    if ((after && !isBefore) || (!after && isLastPage)) {
      fresh.classList.add("is-new");
      list.insertBefore(fresh, after || null);
      tell(list.dataset.arrived.replace("0", arrived), "#" + fresh.id);
    } else {
      tell(list.dataset.arrived.replace("0", arrived), location.pathname + "?at=" + post.number + "#p" + post.number);
    }
  };

  const localise = (time) => {
    const options = { dateStyle: "long", timeStyle: "short" };
    if (page.dataset.zone) options.timeZone = page.dataset.zone;
    const language = page.lang === "en" ? "en-GB" : page.lang; // day before month, as the pages write it
    time.textContent = new Date(time.dateTime).toLocaleString(language, options);
  };

  const isWriting = () => [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

  const tell = (text, href) => {
    if (!note) return;
    note.hidden = false;
    note.replaceChildren(href ? Object.assign(document.createElement("a"), { href, textContent: text }) : text);
  };

  window.alphornLive(list.dataset.live, list.dataset.since, take, (state) => {
    if (state === "gone") tell(list.dataset.gone);
  });
})();
