async () => {
  // Does to every element what a hand and a keyboard could do, and moves all there is to move.
  const elements = [...document.querySelectorAll("article, article *")];
  for (const element of elements) {
    for (const name of ["pointerenter", "pointerover", "mouseover", "mouseenter", "mousemove", "mousedown", "pointerdown"]) {
      element.dispatchEvent(new MouseEvent(name, { bubbles: true }));
    }
    if (element.focus) element.focus();
    for (const name of ["keydown", "keyup"]) element.dispatchEvent(new KeyboardEvent(name, { bubbles: true, key: "Enter" }));
    for (const name of ["wheel", "scroll", "toggle", "animationstart", "animationend", "transitionend", "copy", "drop"]) {
      element.dispatchEvent(new Event(name, { bubbles: true }));
    }
    if (element.click) element.click();
    if (element.blur) element.blur();
  }
  return elements.length;
}
