// The page: either one signs in, or one chats.

import { Chat } from './chat.js';
import { byId } from './elements.js';
import { forget, kept } from './session.js';
import { prepareSignIn, showSignIn } from './signin.js';

let chat = null;

function showChat() {
  byId('sign-in').hidden = true;
  byId('chat').hidden = false;
  chat = new Chat(leave);
}

function leave(reason) {
  chat?.close();
  chat = null;
  forget();
  byId('chat').hidden = true;
  byId('sign-in').hidden = false;
  document.title = 'Drawbridge';
  history.replaceState(null, '', location.pathname);
  showSignIn(reason);
}

prepareSignIn(showChat);
byId('sign-out').addEventListener('click', () => leave('You are signed out.'));
if (kept()) {
  showChat();
} else {
  leave('');
}
