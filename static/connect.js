// The wire of a live page (docs/live.md): a websocket, else a stream, else asking. take(frame) hears frames, each entry
// once and in order; tell(state) hears "live", "asking", "waiting" or "gone".
window.alphornLive = (address, from, take, tell = () => {}) => {
  let since = +from || 0, way = 0, pause = 1, spread = 1, run = 0, asked = 0, heard = 0;
  let line, timer, watch, over;

  const url = (tail, scheme = "http") => {
    const full = new URL(address + tail, location.href);
    full.protocol = full.protocol.replace("http", scheme);
    full.searchParams.set("since", since);
    full.searchParams.set("language", document.documentElement.lang);
    return full;
  };

  const hear = (frame) => {
    heard = Date.now();
    if (frame.type === "gone") return end();
    if (frame.type === "hello") {
      spread = frame.retry;
      pause = 1;
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
    timer = setTimeout(open, 1000 * seconds * (0.3 + Math.random()));
  };

  const lost = () => {
    tell("waiting");
    if (heard) return again(spread);
    way = (way + 1) % 3;
    if (way) return open();
    again(pause);
    pause = Math.min(2 * pause, 60);
  };

  const listen = (made, mine) => {
    line = made;
    line.onmessage = (event) => { if (mine === run) hear(JSON.parse(event.data)); };
    line.onerror = line.onclose = ({ code }) => {
      if (mine !== run) return;
      if (code === 4404 || code === 4400) return end();
      if (code !== 4429) return lost();
      way = 2; // there are too many of us here: it is asked now, and the wire is tried again after some answers
      open();
    };
    timer = setTimeout(() => { if (!heard) lost(); }, 20000); // a proxy may swallow what it does not know
  };

  const ways = [
    (mine) => {
      let pinged = 0;
      listen(new WebSocket(url("", "ws")), mine);
      watch = setInterval(() => { // a line that fell silent, as after sleep, is not waited for
        if (pinged > heard) return lost();
        pinged = Date.now();
        if (line.readyState === 1) line.send('{"type":"ping"}');
      }, 30000);
    },
    (mine) => {
      listen(new EventSource(url("events")), mine);
      watch = setInterval(() => { if (Date.now() - heard > 40000) lost(); }, 30000); // it says something every 15 s
    },
    async (mine) => {
      timer = setTimeout(lost, 40000);
      try {
        const answer = await fetch(url("news.json"));
        if (mine !== run) return;
        if (answer.status === 404 || answer.status === 400) return end();
        const news = await answer.json();
        if (mine !== run) return;
        pause = 1;
        tell("asking");
        if (news.snapshot) hear({ type: "snapshot", seq: news.seq });
        else news.entries.forEach(hear);
        since = news.seq || since;
        if (++asked % 5 === 0) way = 0; // perhaps the network is another by now
        again(news.next);
      } catch {
        if (mine === run) lost();
      }
    },
  ];

  const open = () => {
    drop();
    heard = 0;
    try { ways[way](run); } catch { lost(); }
  };

  const wake = () => { if (!over && !document.hidden && Date.now() - heard > 60000) open(); };
  document.addEventListener("visibilitychange", wake);
  addEventListener("offline", () => { if (!over && line) lost(); }); // a phone that knows is not waited for
  addEventListener("online", () => {
    if (over || line) return wake();
    way = 0;
    open();
  });
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => { if (event.persisted && !over) open(); });
  open();
};
