// Lends the exercise to the page's own test, which calls run.

import { exercise } from './exercise.js';

window.run = (url, transport) => exercise(window.EventBus, url, transport, window.network);
