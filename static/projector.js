// The wall of a room: it does not fall asleep, and nothing stands on the same spot for hours.
(() => {
  "use strict";
  const stay = () => { if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {}); };
  document.addEventListener("visibilitychange", stay);
  stay();
  let spot = 0;
  setInterval(() => { document.body.dataset.shift = ++spot % 4; }, 60000);
})();
