// On a narrow screen the rooms lie beside the page until they are asked for.

import { byId } from './elements.js';

/** Wires the drawer up; the result takes it down. */
export function drawer() {
  const side = byId('side');
  const toggle = byId('rooms-toggle');
  const scrim = byId('scrim');
  const narrow = matchMedia('(max-width: 800px)');

  const show = (open) => {
    const away = narrow.matches && !open;
    side.classList.toggle('open', open);
    side.inert = away;
    scrim.hidden = !(narrow.matches && open);
    toggle.setAttribute('aria-expanded', String(open));
  };
  const close = () => show(false);
  const onKey = (event) => {
    if (event.key === 'Escape' && side.classList.contains('open')) {
      close();
      toggle.focus();
    }
  };
  // Choosing a room is done with the list.
  const onChoice = (event) => event.target.closest('.room-link') && close();

  toggle.onclick = () => {
    show(!side.classList.contains('open'));
    (side.querySelector('[aria-current]') ?? side).focus();
  };
  scrim.onclick = close;
  side.addEventListener('click', onChoice);
  byId('join').addEventListener('submit', close);
  document.addEventListener('keydown', onKey);
  narrow.addEventListener('change', close);
  close();
  return () => {
    side.removeEventListener('click', onChoice);
    byId('join').removeEventListener('submit', close);
    document.removeEventListener('keydown', onKey);
    narrow.removeEventListener('change', close);
  };
}
