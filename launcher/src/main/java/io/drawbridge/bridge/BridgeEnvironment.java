package io.drawbridge.bridge;

import io.drawbridge.config.BridgeConfig;
import io.drawbridge.config.LimitsConfig;
import io.drawbridge.permission.Permissions;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.protocol.FrameCodec;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * What all sessions of a node share.
 *
 * @param claims the names of the claims that handlers get to see
 * @param leewayMillis how long after its {@code exp} a token still counts
 * @param node this node's public name
 */
record BridgeEnvironment(
    Vertx vertx,
    BridgeConfig timing,
    LimitsConfig limits,
    List<String> claims,
    long leewayMillis,
    Permissions permissions,
    TokenVerifier tokens,
    FrameCodec codec,
    SubscriptionHub hub,
    SubjectUsage usage,
    BridgeListener listener,
    String node) {}
