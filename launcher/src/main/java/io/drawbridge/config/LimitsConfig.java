package io.drawbridge.config;

/**
 * The bounds that keep one client from hurting others.
 *
 * @param frameBytes the largest message a client may send, all its fragments together
 * @param fragments the most fragments of one message, empty ones included
 * @param nesting how deep the JSON of a frame may nest
 * @param queueBytes what may wait for one slow client before it is closed with 3008
 * @param blockedSeconds how long a client may take in nothing while frames wait for it
 * @param connections open connections in all
 * @param connectionsPerIp open connections from one address
 * @param handlers registrations of one session, and its open requests, each
 * @param userHandlers registrations of one subject over all its sessions
 * @param addressLength the longest address
 * @param headers the most headers of one frame
 * @param framesPerSecond frames of one session, on average
 * @param framesBurst frames of one session at once
 * @param userFramesPerSecond frames of one subject over all its sessions, on average
 * @param userFramesBurst frames of one subject over all its sessions at once
 * @param helloSeconds how long a new socket may take for its first frame
 * @param requestHeadSeconds how long a request's head may take
 * @param requestHeadBytes the largest head of a request
 * @param idleSeconds how long a socket may be silent altogether
 * @param streamBytes after how many bytes a SockJS stream is ended and begun anew
 * @param tokenBytes the longest token
 * @param badFrames how many refused frames in a row end a connection with 3501
 * @param loopQueueBytes what may wait on its way to one event loop
 * @param stopSeconds how long stopping the server may take
 */
public record LimitsConfig(
    int frameBytes,
    int fragments,
    int nesting,
    int queueBytes,
    int blockedSeconds,
    int connections,
    int connectionsPerIp,
    int handlers,
    int userHandlers,
    int addressLength,
    int headers,
    int framesPerSecond,
    int framesBurst,
    int userFramesPerSecond,
    int userFramesBurst,
    int helloSeconds,
    int requestHeadSeconds,
    int requestHeadBytes,
    int idleSeconds,
    int streamBytes,
    int tokenBytes,
    int badFrames,
    int loopQueueBytes,
    int stopSeconds) {

  public LimitsConfig {
    new Checks("/limits")
        .bounds("frameBytes", frameBytes)
        .bounds("fragments", fragments)
        .bounds("nesting", nesting)
        .bounds("queueBytes", queueBytes)
        .bounds("blockedSeconds", blockedSeconds)
        .bounds("connections", connections)
        .bounds("connectionsPerIp", connectionsPerIp)
        .bounds("handlers", handlers)
        .bounds("userHandlers", userHandlers)
        .bounds("addressLength", addressLength)
        .bounds("headers", headers)
        .bounds("framesPerSecond", framesPerSecond)
        .bounds("framesBurst", framesBurst)
        .bounds("userFramesPerSecond", userFramesPerSecond)
        .bounds("userFramesBurst", userFramesBurst)
        .bounds("helloSeconds", helloSeconds)
        .bounds("requestHeadSeconds", requestHeadSeconds)
        .bounds("requestHeadBytes", requestHeadBytes)
        .bounds("idleSeconds", idleSeconds)
        .bounds("streamBytes", streamBytes)
        .bounds("tokenBytes", tokenBytes)
        .bounds("badFrames", badFrames)
        .bounds("loopQueueBytes", loopQueueBytes)
        .bounds("stopSeconds", stopSeconds)
        .that(
            queueBytes >= frameBytes,
            "queueBytes",
            queueBytes + " is less than frameBytes, " + frameBytes,
            "Leave room for one frame at least")
        .that(
            requestHeadBytes > tokenBytes,
            "requestHeadBytes",
            requestHeadBytes + " leaves no room for a token of " + tokenBytes + " bytes",
            "Give more than tokenBytes")
        .done();
  }

  /** The documented defaults. */
  public static LimitsConfig defaults() {
    return Settings.defaults().limits();
  }
}
