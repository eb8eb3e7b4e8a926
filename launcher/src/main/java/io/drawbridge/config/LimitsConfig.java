package io.drawbridge.config;

/**
 * The bounds that keep one client from hurting others.
 *
 * @param frameBytes the largest message a client may send, all its fragments together
 * @param fragments the most fragments of one message, empty ones included
 * @param queueBytes what may wait for one slow client before it is closed with 3008
 * @param connections open connections in all
 * @param connectionsPerIp open connections from one address
 * @param handlers registrations of one session, and its open requests, each
 * @param userHandlers registrations of one subject over all its sessions
 * @param addressLength the longest address
 * @param headers the most headers of one frame
 * @param framesPerSecond frames of one session, on average
 * @param framesBurst frames of one session at once
 * @param helloSeconds how long a new socket may take for its first frame
 * @param requestHeadSeconds how long a request's head may take
 * @param idleSeconds how long a socket may be silent altogether
 * @param streamBytes after how many bytes a SockJS stream is ended and begun anew
 * @param tokenBytes the longest token
 * @param badFrames how many refused frames in a row end a connection with 3501
 * @param blockedSeconds how long a client may take nothing while something waits for it
 * @param loopQueueBytes what may wait on its way to one event loop
 */
public record LimitsConfig(
    int frameBytes,
    int fragments,
    int queueBytes,
    int connections,
    int connectionsPerIp,
    int handlers,
    int userHandlers,
    int addressLength,
    int headers,
    int framesPerSecond,
    int framesBurst,
    int helloSeconds,
    int requestHeadSeconds,
    int idleSeconds,
    int streamBytes,
    int tokenBytes,
    int badFrames,
    int blockedSeconds,
    int loopQueueBytes) {

  public static LimitsConfig defaults() {
    return new LimitsConfig(
        65_536,
        64,
        1_048_576,
        100_000,
        1_000,
        1_000,
        10_000,
        200,
        64,
        20_000,
        40_000,
        10,
        10,
        120,
        131_072,
        16_384,
        1_000,
        10,
        67_108_864);
  }
}
