// Runs before anything else on the page and notes whatever a hostile text could set off.
(() => {
  const seen = (window.__seen = []);
  const note = (what) => function (...given) { seen.push(what + "(" + given.map(String).join(", ").slice(0, 80) + ")"); };
  for (const name of ["alert", "confirm", "prompt", "print", "open", "MsgBox"]) window[name] = note(name);
  for (const name of ["fetch", "setTimeout", "setInterval", "postMessage"]) window[name] = note(name);
  for (const name of ["log", "error", "warn", "info", "debug"]) console[name] = note("console." + name);
  navigator.sendBeacon = note("sendBeacon");
  for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "Image", "Worker", "SharedWorker"]) window[name] = note(name);
  addEventListener("error", (event) => { if (event.message) seen.push("error: " + event.message); });
  addEventListener("unhandledrejection", () => seen.push("unhandledrejection"));
  addEventListener("securitypolicyviolation", (event) => seen.push("refused: " + event.blockedURI));
  window.__names = null; // so that it counts itself
  window.__names = new Set(Object.getOwnPropertyNames(window));
})();
