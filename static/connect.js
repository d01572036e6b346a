// The wire of a live page: a websocket, or where none can be had Server-Sent Events, or asking every 20 seconds.
// take(frame) hears what docs/live.md describes, each entry once and in order; tell(state) hears "live", "asking",
// "waiting" or "gone".
window.alphornLive = (address, from, take, tell = () => {}) => {
  let since = +from || 0;
  let way = 0; // of the three, below
  let failures = 0, spread = 1, run = 0, asked = 0, heard = 0;
  let line, timer, watch, over;

  const url = (tail) => {
    const full = new URL(address + tail, location.href);
    full.searchParams.set("since", since);
    full.searchParams.set("language", document.documentElement.lang);
    return full;
  };

  const hear = (frame) => {
    heard = Date.now();
    if (frame.type === "gone") return end();
    if (frame.type === "hello") {
      failures = 0;
      spread = frame.retry || 1;
      tell("live");
    } else if (frame.seq) {
      if (frame.type === "entry" && frame.seq <= since) return;
      since = frame.seq;
    }
    take(frame);
  };

  const drop = () => {
    run += 1; // whatever an earlier line still says is not for us
    clearTimeout(timer);
    clearInterval(watch);
    if (line) line.close();
    line = null;
  };

  const end = () => {
    over = true;
    drop();
    tell("gone");
  };

  // Everybody was cut off at the same moment, so nobody comes back at the same moment.
  const again = (seconds) => {
    drop();
    if (!over) timer = setTimeout(open, 1000 * seconds * (0.3 + Math.random()));
  };

  const lost = () => {
    if (!heard && ++failures % 2 === 0) way = Math.min(way + 1, 2);
    tell("waiting");
    again(heard ? spread : Math.min(2 ** failures, 60));
  };

  const listen = (made, mine) => {
    line = made;
    heard = 0;
    line.onmessage = (event) => { if (mine === run) hear(JSON.parse(event.data)); };
    line.onerror = line.onclose = (event) => {
      if (mine !== run) return;
      if (event.code === 4404 || event.code === 4400) end();
      else if (event.code === 4429) again(60);
      else lost();
    };
  };

  const ways = [
    (mine) => {
      const full = url("");
      full.protocol = full.protocol.replace("http", "ws");
      listen(new WebSocket(full), mine);
      let pinged = 0;
      watch = setInterval(() => { // a line that fell silent, as after sleep, is not waited for
        if (pinged > heard) return lost();
        pinged = Date.now();
        if (line.readyState === 1) line.send('{"type":"ping"}');
      }, 40000);
    },
    (mine) => listen(new EventSource(url("events")), mine),
    async (mine) => {
      heard = 0;
      try {
        const answer = await fetch(url("news.json"));
        if (mine !== run) return;
        if (answer.status === 404 || answer.status === 400) return end();
        const news = await answer.json();
        if (mine !== run) return;
        tell("asking");
        if (news.snapshot) hear({ type: "snapshot", seq: news.seq });
        else news.entries.forEach(hear);
        since = news.seq;
        // The server was away and is back, or the network is another: perhaps there is a better way now.
        if (failures > 4 || ++asked % 15 === 0) way = 0;
        failures = 0;
        again(news.next);
      } catch {
        if (mine === run) lost();
      }
    },
  ];

  const open = () => {
    drop();
    try { ways[way](run); } catch { lost(); }
  };

  const wake = () => { if (!over && !document.hidden && Date.now() - heard > 60000) open(); };
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => { if (event.persisted && !over) open(); });
  open();
};
