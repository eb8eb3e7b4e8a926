// Who is signed in: the token, kept for this tab only, and renewed before it ends.

import { DrawbridgeError } from '/client/drawbridge.js';

const KEY = 'drawbridge.session';
const EARLY_MS = 60_000;

/** A refusal of the sign-in, in the server's own words. */
export class Refusal extends Error {}

/** The session that this tab holds, or null. */
export function kept() {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY));
    return typeof session?.token === 'string' ? session : null;
  } catch {
    return null;
  }
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

/** How one signs in here: `{embedded, demo?: [{username, password}]}`. */
export async function describe() {
  const response = await fetch('/auth/login', { headers: { Accept: 'application/json' } });
  return response.ok ? response.json() : { embedded: false };
}

export async function signIn(username, password) {
  const response = await post('/auth/login', { 'Content-Type': 'application/json' },
    JSON.stringify({ username, password }));
  if (!response.ok) {
    throw new Refusal(await sentence(response));
  }
  keep(await response.json(), true);
}

/** Takes a token of another issuer; only the server can tell whether it is good. */
export function adopt(token) {
  const claims = claimsOf(token);
  if (!claims) {
    throw new Refusal('This is no JWT: one has three parts with dots between them.');
  }
  keep({ token, expiresIn: claims.exp ? claims.exp - Date.now() / 1000 : undefined }, false);
}

/** A token that is good for a while yet; for the client, which asks before each connection. */
export async function token(why) {
  const session = kept();
  if (!session) {
    throw ended('You are signed out.');
  }
  const left = session.until - Date.now();
  if (!session.renewable || (why === 'connect' && left > EARLY_MS)) {
    return left > 0 ? session.token : giveUp('Your token has expired. Paste a new one.');
  }
  return renew(session, left);
}

async function renew(session, left) {
  const response = await post('/auth/refresh', { Authorization: `Bearer ${session.token}` });
  if (response.ok) {
    return keep(await response.json(), true);
  }
  if (response.status === 429 || response.status >= 500) {
    if (left > 0) {
      return session.token;
    }
    throw new Error(await sentence(response));
  }
  return giveUp('Your sign-in has ended. Sign in again to go on.');
}

function post(path, headers, body) {
  return fetch(path, { method: 'POST', headers, body, signal: AbortSignal.timeout(15_000) });
}

async function sentence(response) {
  const told = await response.json().then(({ error }) => error, () => undefined);
  return told || `The server answered ${response.status}. Try again later.`;
}

function keep({ token: fresh, expiresIn }, renewable) {
  const until = expiresIn === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + expiresIn * 1000;
  const subject = claimsOf(fresh)?.sub ?? 'you';
  sessionStorage.setItem(KEY, JSON.stringify({ token: fresh, until, subject, renewable }));
  return fresh;
}

function giveUp(reason) {
  forget();
  throw ended(reason);
}

function ended(reason) {
  return new DrawbridgeError(4101, 'UNAUTHORIZED', reason, { temporary: false });
}

/** What a JWT says, unverified: only to be shown. Null for what is no JWT. */
export function claimsOf(jwt) {
  try {
    const part = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return jwt.split('.').length === 3 && claims !== null && typeof claims === 'object'
      ? claims : null;
  } catch {
    return null;
  }
}
