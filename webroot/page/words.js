// What went wrong, when and who: in words for a person.

const SENTENCES = new Map([
  [4101, 'Your sign-in is not accepted any more. Sign in again.'],
  [4103, 'You may not do this: your sign-in does not hold the right for it.'],
  [4104, 'Nobody answers at the other end right now. Try again in a moment.'],
  [4108, 'No answer came in time. Try again in a moment.'],
  [4109, 'Your sign-in has expired. Sign in again.'],
  [4110, 'Something went wrong on the server. Try again; if it stays, tell who runs it.'],
  [4111, 'That was too fast. Wait a moment.'],
  [4113, 'The server is changing this part right now. Try again in a moment.'],
]);

/** One sentence about an error, with what to do. */
export function inWords(error) {
  if (error?.type === 'DISCONNECTED') {
    return 'The connection broke before the server answered. It may have arrived or not.';
  }
  return SENTENCES.get(error?.code) ?? error?.message ?? 'Something went wrong.';
}

/** A message's moment, which comes as an ISO text or as ms since 1970. */
export function momentOf(at) {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? new Date() : moment;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const OLD_DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export function timeOf(moment) {
  return TIME.format(moment);
}

/** Today, Yesterday, or the date. */
export function dayOf(moment, now = new Date()) {
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / 86_400_000);
  if (days === 0 || days === 1) {
    return days === 0 ? 'Today' : 'Yesterday';
  }
  return (moment.getFullYear() === now.getFullYear() ? DAY : OLD_DAY).format(moment);
}

function startOfDay(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
