package io.drawbridge.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what at the addresses that a pattern matches. Each set holds authorities of which one
 * suffices, or {@code anyone} or {@code signed-in}; an empty set lets nobody in.
 *
 * @param address the pattern, such as {@code chat.room.{room}}, {@code inbox.{sub}}, {@code
 *     ticker.**}
 * @param schema a JSON Schema file that bodies sent or published by browsers must satisfy
 * @param rate how often one session may send or publish here
 */
public record PermissionRule(
    String address,
    Set<String> register,
    Set<String> send,
    Set<String> publish,
    @Nullable Path schema,
    @Nullable Rate rate) {

  /** Everybody, token or not. */
  public static final String ANYONE = "anyone";

  /** Everybody with a valid token. */
  public static final String SIGNED_IN = "signed-in";

  public PermissionRule {
    register = Set.copyOf(register);
    send = Set.copyOf(send);
    publish = Set.copyOf(publish);
  }

  /** A token bucket: so many a second on average, so many at once. */
  public record Rate(double perSecond, int burst) {}
}
