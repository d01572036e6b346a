// What the reader votes, which is sent to nobody else.
(() => {
  let told = 0;
  document.querySelector("[data-hearing]").addEventListener("mine", () => { told = Date.now(); });
  window.alphornVotes = ({ motion, mine }, frame, renew) => {
    if (frame?.verb === "ballot.voted") setTimeout(() => Date.now() - told > 6000 && renew(), 3000);
    for (const row of motion.open) {
      const own = mine.votes?.[row.id];
      row.in_place = row.answers.length && (own === undefined ? mine.rolls?.includes(row.roll_of) : own !== null);
      row.own = "–";
      for (const answer of row.answers) {
        answer[2] = answer[0] === own;
        if (answer[2]) row.own = answer[1];
      }
    }
  };
})();
