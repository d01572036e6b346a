// Screens of a hearing. Each part of the page that names a path of the state is drawn anew when its section changes;
// clocks run by themselves from what the state says of them. The state and its frames: docs/live.md.
(() => {
  "use strict";
  const page = document.documentElement;
  const root = document.querySelector("[data-hearing]");
  const line = document.querySelector("[data-line]");
  const me = +root.dataset.me;
  const language = page.lang === "en" ? "en-GB" : page.lang;
  let state = JSON.parse(document.getElementById("state").textContent);
  let ahead = 0; // milliseconds the server's clock is ahead of this one

  const now = () => Date.now() + ahead;
  const get = (scope, path) => path.split(".").reduce((found, name) => found?.[name], scope);
  const holds = (scope, path) => {
    const found = get(scope, path.replace("!", ""));
    return Boolean(Array.isArray(found) ? found.length : found) !== path.startsWith("!");
  };
  // An older browser knows fewer zones, and no offsets.
  const spared = (make) => { try { return make(); } catch { return undefined; } };
  const timeZone = spared(() => new Intl.DateTimeFormat("en", { timeZone: page.dataset.zone }) && page.dataset.zone);
  const offset = (at) => spared(() => { // of that moment: clocks may be changed before it comes
    const said = at.toLocaleTimeString("en", { timeZone, timeZoneName: "shortOffset" });
    return said.replace(/.*GMT(.*)/, " (UTC$1)");
  }) || "";
  const hour = (iso, { whole, zoned } = {}) => {
    if (!iso) return "";
    const at = new Date(iso), away = Math.abs(at - now());
    const options = whole || away > 5184e5
      ? { dateStyle: whole ? "long" : "medium", timeStyle: "short" }
      : { hour: "2-digit", minute: "2-digit", weekday: away > 432e5 ? "short" : undefined };
    return at.toLocaleString(language, { ...options, hourCycle: "h23", timeZone }) + (whole || zoned ? offset(at) : "");
  };
  const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };

  const draw = (node, scope) => {
    const { say, show, each, set, time, clock } = node.dataset;
    if (show) node.hidden = !holds(scope, show);
    if (set) {
      for (const pair of set.split(" ")) {
        const [name, path] = pair.split("=");
        node.setAttribute(name, get(scope, path) ?? "");
      }
    }
    if (clock) node.clock = get(scope, clock);
    if (say) write(node, String(get(scope, say) ?? ""));
    else if (time) write(node, hour(node.dateTime = get(scope, time) || "", node.dataset));
    else if (each) list(node, get(scope, each) || []);
    else for (const child of node.children) draw(child, scope);
  };

  // Rows keep their elements, so that nothing under a finger or in focus is made anew.
  const list = (node, rows) => {
    const template = [...node.children].find((child) => child.tagName === "TEMPLATE");
    const known = new Map([...node.children].map((child) => [child.dataset.id, child]));
    const ids = rows.map((row, place) => String(row.id ?? place));
    known.forEach((child, id) => { if (child !== template && !ids.includes(id)) child.remove(); });
    rows.forEach((row, place) => {
      const child = known.get(ids[place]) || template.content.firstElementChild.cloneNode(true);
      child.dataset.id = ids[place];
      draw(child, row);
      if (node.children[place] !== child) node.insertBefore(child, node.children[place]);
    });
    if (node.ids && node.ids !== `${ids}.`) node.changed = Date.now();
    node.ids = `${ids}.`;
  };

  const used = ({ started_at, paused_at, paused_for, ended_at }) => {
    const until = ended_at || paused_at;
    return ((until ? Date.parse(until) : now()) - Date.parse(started_at)) / 1000 - paused_for;
  };
  const tick = () => {
    for (const node of root.querySelectorAll("[data-clock]")) {
      const spent = node.clock ? Math.max(0, used(node.clock)) : 0;
      const left = node.clock ? Math.ceil(node.clock.allotted - spent) : 0;
      if (node.max) node.value = node.clock ? spent / node.clock.allotted : 0;
      else write(node, node.clock ? `${left < 0 ? "+" : ""}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}` : "");
      node.classList.toggle("over", left < 0);
      node.classList.toggle("paused", Boolean(node.clock?.paused_at));
    }
    for (const node of root.querySelectorAll("[data-now]")) write(node, hour(now()));
  };

  // So many seconds of sessions from now, to five minutes; "" where there are not as many.
  const after = (seconds, sittings) => {
    let rest = seconds * 1000;
    for (const [from, to] of sittings) {
      const begins = Math.max(Date.parse(from), now());
      if (begins + rest < Date.parse(to)) return new Date(Math.round((begins + rest) / 3e5) * 3e5).toISOString();
      rest -= Math.max(0, Date.parse(to) - begins);
    }
    return "";
  };

  // Everybody is sent the same queue.
  const mine = (frame) => {
    const { floor, next } = state;
    const queue = next ? [...next.queue, ...(next.rest?.members || []).map((one) => [0, one, next.rest.seconds])] : [];
    const place = queue.findIndex((row) => row[1] === me);
    const before = queue.slice(0, Math.max(place, 0)).reduce((sum, row) => sum + row[2], 0);
    const rest = floor ? Math.max(0, floor.clock.allotted - used(floor.clock)) : 0;
    state.mine = {
      ...state.mine,
      speaking: me > 0 && floor?.speaker.member === me,
      place: place + 1,
      at: place < 0 ? "" : after(before + rest, next.sittings),
    };
    const { shortlisted = [], top = [] } = state.questions || {};
    for (const row of [...shortlisted, ...top]) row.endorsed = Boolean(state.mine.endorsed?.includes(row.id));
    window.alphornVotes?.(state, frame, renew);
  };

  const isMine = (about) => {
    const [kind, id] = about.split(":");
    const { mine, next, floor } = state;
    return kind === "speaker" && me > 0 && (mine.requests?.some((row) => row.id === +id)
      || next?.queue.some((row) => row[0] === +id && row[1] === me) || floor?.speaker.member === me);
  };
  // A fresh copy may be older than what is told while it is on its way; one out of a cache than what was told before.
  let fetching = 0, meanwhile = [], heard = 0;
  const renew = async () => {
    const least = heard;
    fetching += 1;
    try {
      const answer = await fetch(location.href);
      if (answer.status > 499) throw answer;
      const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = copy.getElementById("state");
      if (!found) return location.reload();
      const { since } = copy.querySelector("[data-since]").dataset;
      if (since < least) throw since;
      state = JSON.parse(found.textContent);
      for (const frame of meanwhile) if (frame.seq > since) Object.assign(state, frame.state);
      all();
    } catch {
      setTimeout(renew, 5000 + 5000 * Math.random());
    } finally {
      fetching -= 1;
      if (!fetching) meanwhile = [];
    }
  };
  const all = (frame) => { mine(frame); draw(root, state); tick(); };

  // The line was cut: the bar says since when, and afterwards how much happened of what is told to everybody.
  const TOLD = /^(session|item\.(op|cl)|list|floor\.(g|ex)|point|motion\.[mow]|ballot\.(an|cou)|asked\.[at]|desk|record|hearing)/;
  const connection = document.querySelector("[data-connection]");
  const away = document.querySelector("[data-away]");
  const { waiting } = connection.dataset;
  let last = Date.now(), known = last, from = 0, until = 0, count = 0;
  const came = () => {
    if (Date.now() - last > 45000) [from, until, count] = [known, now(), 0]; // the wire says something every 30 seconds
    last = Date.now();
    known = now();
  };
  const missed = () => {
    if (!away) return;
    away.hidden = false;
    away.href = away.href.replace(/\?.*|$/, `?since=${new Date(from).toISOString()}`);
    write(away.lastElementChild, String(count || ""));
  };

  const take = (frame) => {
    if (frame.time) ahead = Date.parse(frame.time) - Date.now();
    if (frame.type !== "hello") heard = frame.seq || heard;
    came();
    if (frame.type === "snapshot") {
      setTimeout(renew, 2000 * Math.random());
      if (from) missed();
    }
    if (frame.type !== "entry") return;
    if (frame.line && TOLD.test(frame.verb)) {
      const at = Date.parse(frame.at);
      if (line) write(line, frame.line);
      if (from <= at && at < until) missed(count += 1);
    }
    Object.assign(state, frame.state);
    if (fetching) meanwhile.push(frame);
    all(frame);
    if (isMine(frame.about)) renew(); // sent to nobody else
  };

  root.addEventListener("mine", ({ detail }) => { state.mine = detail; all(); });
  all();
  root.classList.add("is-live");
  setInterval(tick, 500);
  window.alphornLive?.(root.dataset.hearing, root.dataset.since, take, (way) => {
    if (way === "live" || way === "asking") came();
    connection.dataset.waiting = waiting.replace("{hour}", hour(known));
    write(connection, connection.dataset[way] || "");
    connection.dataset.way = way;
  });
})();
