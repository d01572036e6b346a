// While the line was cut: the bar says since when, and once it is back how much happened meanwhile, with the way to it.
(() => {
  "use strict";
  const wire = window.alphornLive;
  const connection = document.querySelector("[data-connection]");
  const link = document.querySelector("[data-away]");
  if (!wire || !connection) return;
  const { lang, dataset: { zone } } = document.documentElement;
  const waiting = connection.dataset.waiting;
  const QUIET = 45000; // the wire says something every 30 seconds
  // What there is to say of to everybody: not each request, endorsement and line of the transcript.
  const TOLD = /^(session\.|item\.(opened|closed)|list\.|floor\.given|point\.|motion\.(moved|opened|withdrawn)|ballot\.(counted|annulled)|asked\.(taken|answered)|desk\.|record\.|hearing\.)/;
  let ahead = 0, last = Date.now(), heard = last, from = 0, until = 0, count = 0, said = "";

  const now = () => Date.now() + ahead;
  const hour = (at) => new Date(at).toLocaleTimeString(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`,
    { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  const came = () => {
    if (Date.now() - last > QUIET) [from, until, count] = [heard, now(), 0];
    last = Date.now();
    heard = now();
  };
  const show = () => {
    if (!link) return;
    link.hidden = false;
    link.href = link.href.replace(/\?.*|$/, `?since=${new Date(from).toISOString()}`);
    link.lastElementChild.textContent = count || "";
  };

  window.alphornLive = (address, since, take, tell) => wire(address, since, (frame) => {
    if (frame.time) ahead = Date.parse(frame.time) - Date.now();
    came();
    if (frame.type === "snapshot" && from) show();
    if (frame.line && TOLD.test(frame.verb)) {
      said = frame.line;
      const at = Date.parse(frame.at);
      if (from <= at && at < until) show(count += 1);
    }
    take({ ...frame, line: said });
  }, (way) => {
    if (way === "live" || way === "asking") came();
    connection.dataset.waiting = waiting.replace("{hour}", hour(heard));
    tell(way);
  });
})();
