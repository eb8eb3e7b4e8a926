// How the connection is doing: the dot, the round trip, the details, and a banner when it is bad.

import { byId, element, tell } from './elements.js';

const WORDS = new Map([
  ['connecting', 'Connecting'],
  ['open', 'Connected'],
  ['expiring', 'Connected'],
  ['reconnecting', 'Reconnecting'],
  ['closed', 'Disconnected'],
]);

/** A hiccup shorter than this is shown by the dot alone. */
const BANNER_MS = 600;

/** Shows a bridge's state until the result is called. */
export function showConnection(bridge) {
  let pending;
  const banner = byId('banner');
  const details = byId('connection');
  const foldAway = ({ type, key, target }) => {
    if (type === 'keydown' ? key === 'Escape' : !details.contains(target)) {
      details.open = false;
    }
  };
  byId('banner-action').onclick = () => bridge.reconnect();
  document.addEventListener('click', foldAway);
  document.addEventListener('keydown', foldAway);

  const stops = [
    bridge.on('state', (event) => {
      details.dataset.state = event.state;
      byId('connection-word').textContent = WORDS.get(event.state);
      clearTimeout(pending);
      const bad = event.state === 'reconnecting' || event.state === 'closed';
      if (bad) {
        byId('connection-ms').textContent = '';
        pending = setTimeout(() => {
          banner.dataset.state = event.state;
          byId('banner-text').textContent = sentenceOf(event);
          banner.hidden = false;
        }, banner.hidden && event.state === 'reconnecting' ? BANNER_MS : 0);
      } else if (event.state === 'open') {
        if (!banner.hidden) {
          byId('announce').textContent = 'Connected again.';
        }
        banner.hidden = true;
      }
      showFacts(bridge);
    }),
    bridge.on('roundTrip', (ms) => {
      byId('connection-ms').textContent = `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
      showFacts(bridge);
    }),
  ];
  return () => {
    clearTimeout(pending);
    stops.forEach((stop) => stop());
    document.removeEventListener('click', foldAway);
    document.removeEventListener('keydown', foldAway);
    banner.hidden = true;
    tell(byId('announce'), '');
    details.open = false;
  };
}

function sentenceOf({ state, reason, retryInMs }) {
  if (state === 'closed') {
    return reason;
  }
  const seconds = Math.ceil((retryInMs ?? 0) / 1000);
  return seconds > 1 ? `${reason} Trying again in ${seconds} s.` : `${reason} Trying again.`;
}

function showFacts(bridge) {
  const { welcome, roundTripMs } = bridge;
  const facts = [
    ['Round trip', roundTripMs === null ? '–' : `${roundTripMs.toFixed(1)} ms`],
    ['Subject', welcome?.subject ?? '–'],
    ['Session', welcome?.session ?? '–'],
    ['Node', welcome?.node ?? '–'],
    ['Largest frame', welcome?.limits ? `${Math.round(welcome.limits.frameBytes / 1024)} KiB` : '–'],
  ];
  byId('connection-facts').replaceChildren(
    ...facts.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]));
}
