package io.drawbridge.bench.swap;

import java.util.List;
import java.util.Map;

/**
 * What a load came to after its last message was accounted for.
 *
 * @param requests how many were sent
 * @param sends how many one-way messages were sent
 * @param publishes how many messages were published
 * @param deliveries how many of those came to listeners
 * @param failed requests that were answered with a failure
 * @param lost messages that were never answered, never handled or never delivered
 * @param doubled messages that came again
 * @param disordered messages that a handler or a listener got out of order
 * @param repliesByVersion which versions answered, and how often
 * @param told the first few of what went wrong, one sentence each
 */
public record SwapOutcome(
    long requests,
    long sends,
    long publishes,
    long deliveries,
    long failed,
    long lost,
    long doubled,
    long disordered,
    Map<String, Long> repliesByVersion,
    List<String> told) {}
