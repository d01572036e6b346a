(allowed) => {
  // Looks at every result on the page; returns what is there and should not be.
  const wrong = [...window.__seen];
  const href = /^(https?:\/\/(?![^\/?#]*@)|mailto:)/;
  const attributes = {
    dir: (value) => ["auto", "ltr", "rtl"].includes(value),
    "a.href": (_, element) => href.test(element.href),
    "a.rel": (value) => value === "nofollow noopener ugc",
    "a.title": () => true,
    "ol.start": (value) => /^[0-9]{1,9}$/.test(value),
  };
  const look = (root, number) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const where = number + ": ";
      if (node.nodeType === Node.TEXT_NODE) continue;
      if (node.nodeType !== Node.ELEMENT_NODE) { wrong.push(where + "node " + node.nodeName); continue; }
      const tag = node.localName;
      if (node.namespaceURI !== "http://www.w3.org/1999/xhtml" || !allowed.tags.includes(tag)) wrong.push(where + "element " + tag);
      if (node.shadowRoot) wrong.push(where + "shadow root");
      for (const { name, value } of node.attributes) {
        const grammar = attributes[tag + "." + name] || attributes[name];
        const fits = allowed.attributes ? allowed.attributes.includes(name) : grammar && grammar(value, node);
        if (!fits) wrong.push(where + tag + " " + name + "=" + value);
        if (name.startsWith("on")) wrong.push(where + "handler " + name);
      }
      if (tag === "a" && !allowed.attributes && (node.rel !== "nofollow noopener ugc" || node.target)) wrong.push(where + "rel");
    }
  };
  const sections = [...document.querySelectorAll("body > section")];
  if (sections.length !== allowed.count) wrong.push("sections: " + sections.length);
  sections.forEach((section, number) => {
    const shape = [...section.children].map((child) => child.localName).join(" ");
    if (shape !== "h2 pre article hr") wrong.push(number + ": broke out: " + shape);
    const article = section.querySelector(":scope > article");
    look(article, number);
    // Mutation: what is read back and parsed once more must be what it was.
    const again = document.createElement("article");
    again.innerHTML = article.innerHTML;
    if (!again.isEqualNode(article)) wrong.push(number + ": changes when parsed again");
    look(again, number + " again");
  });
  for (const name of Object.getOwnPropertyNames(window)) if (!window.__names.has(name)) wrong.push("global " + name);
  return wrong;
}
