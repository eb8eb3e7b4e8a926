/** The page and the browser's client in a real Chromium. */
package io.drawbridge.acceptance.page;
