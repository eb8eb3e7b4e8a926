// Finding elements and making them. Text goes in as text: nothing here ever parses markup.

/** The element with that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A new element of a tag with classes, holding texts and other elements. */
export function element(tag, classes, ...content) {
  const made = document.createElement(tag);
  if (classes) {
    made.className = classes;
  }
  made.append(...content);
  return made;
}

/** A name's first letter and a colour of its own. */
export function paintAvatar(avatar, name) {
  avatar.textContent = [...name][0]?.toUpperCase() ?? '?';
  avatar.dataset.hue = String([...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 8, 0));
}

/** Shows a sentence, or hides the element when there is none. */
export function tell(place, sentence) {
  place.textContent = sentence;
  place.hidden = !sentence;
}

/** Whether focus may go to a field unasked: on a phone that would raise its keyboard. */
export function hasKeyboard() {
  return matchMedia('(hover: hover)').matches;
}
