// The sign-in view: a name and a password, or a token where somebody else signs people in.

import { byId, element, hasKeyboard, paintAvatar, tell } from './elements.js';
import { adopt, describe, Refusal, signIn } from './session.js';

const passwordForm = byId('password-form');
const tokenForm = byId('token-form');
const error = byId('sign-in-error');
const again = byId('sign-in-again');

let signedIn;

/** Wires the view up once; `done` runs after each successful sign-in. */
export function prepareSignIn(done) {
  signedIn = done;
  passwordForm.addEventListener('submit', (event) => submit(event, () =>
    signIn(passwordForm.username.value.trim(), passwordForm.password.value)));
  tokenForm.addEventListener('submit', (event) => submit(event, async () =>
    adopt(tokenForm.token.value.trim())));
  again.addEventListener('click', () => showSignIn(''));
}

/** Shows the view, with a sentence about why one is here (again). */
export async function showSignIn(notice) {
  tell(byId('sign-in-notice'), notice);
  error.textContent = '';
  again.hidden = true;
  passwordForm.password.value = '';
  tokenForm.token.value = '';
  try {
    const { embedded, demo } = await describe();
    passwordForm.hidden = !embedded;
    tokenForm.hidden = embedded;
    showDemo(embedded ? demo ?? [] : []);
    if (hasKeyboard()) {
      (embedded ? passwordForm.username : tokenForm.token).focus();
    }
  } catch {
    error.textContent = 'The server does not answer. Is it running?';
    again.hidden = false;
  }
}

function showDemo(people) {
  byId('demo').hidden = people.length === 0;
  byId('demo-people').replaceChildren(...people.map(demoPerson));
}

/** One press fills the form in. */
function demoPerson({ username, password }) {
  const avatar = element('span', 'avatar');
  paintAvatar(avatar, username);
  avatar.setAttribute('aria-hidden', 'true');
  const button = element('button', 'person', avatar, element('b', '', username),
    element('span', 'secret', password));
  button.type = 'button';
  button.setAttribute('aria-label', `Fill in ${username} with the password ${password}`);
  button.addEventListener('click', () => {
    passwordForm.username.value = username;
    passwordForm.password.value = password;
    error.textContent = '';
    passwordForm.querySelector('button').focus();
  });
  return element('li', '', button);
}

async function submit(event, signInHere) {
  event.preventDefault();
  const button = event.submitter ?? event.target.querySelector('button');
  error.textContent = '';
  button.disabled = true;
  try {
    await signInHere();
    tell(byId('sign-in-notice'), '');
    signedIn();
  } catch (e) {
    error.textContent = e instanceof Refusal ? e.message
      : 'The server does not answer. Check the network and try again.';
    passwordForm.password.select();
  } finally {
    button.disabled = false;
  }
}
