// The fast way to the bridge: one WebSocket, one JSON object per text frame.

/**
 * Opens a WebSocket to the bridge at `url` (http or https).
 *
 * @param {string} url the bridge without a slash at its end
 * @param {{open(): void, text(text: string): void, close(code: number, reason: string): void}} events
 *     `close` comes once and last, also when it never opened
 * @returns {{send(text: string): void, close(): void}}
 */
export function openWebSocket(url, events) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/websocket`);
  const decoder = new TextDecoder();
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.open();
  // A stock bridge answers in binary frames.
  socket.onmessage = ({ data }) =>
    events.text(typeof data === 'string' ? data : decoder.decode(data));
  socket.onclose = ({ code, reason }) => events.close(code, reason);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(1000),
  };
}
