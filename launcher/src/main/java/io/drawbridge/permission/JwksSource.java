package io.drawbridge.permission;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an external issuer publishes. They are fetched every so often, and when a token
 * names one that isn't known, but then not again for a while, so that made-up names cause no flood
 * of requests. While the issuer is away the last good set stays in force.
 */
final class JwksSource implements KeySource {

  private static final Logger LOG = LoggerFactory.getLogger(JwksSource.class);
  private static final int MOST_KEYS = 100;

  /**
   * How a set is fetched.
   *
   * @param timeout how long one fetch may take
   * @param tries how often the first fetch is tried before the start fails
   * @param retry the wait between those tries
   * @param between the least time between two fetches for the sake of unknown keys
   */
  record Pace(Duration timeout, int tries, Duration retry, Duration between) {
    static final Pace DEFAULT =
        new Pace(Duration.ofSeconds(5), 4, Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  private final Vertx vertx;
  private final URI uri;
  private final JwkReader reader;
  private final List<TokenKey> fromFiles;
  private final Pace pace;
  private final JwksFetch fetch;
  private volatile TokenKeys keys;
  private @Nullable Future<TokenKeys> underWay;
  private long lastStarted;

  JwksSource(Vertx vertx, URI uri, JwkReader reader, List<TokenKey> fromFiles, Pace pace) {
    this.vertx = vertx;
    this.uri = uri;
    this.reader = reader;
    this.fromFiles = fromFiles;
    this.pace = pace;
    this.fetch = new JwksFetch(vertx, uri, (int) pace.timeout().toMillis());
    this.keys = new TokenKeys(fromFiles);
  }

  /** Fetches the first set, trying a few times; then again every so many seconds. */
  Future<KeySource> open(int refreshSeconds) {
    return first(pace.tries())
        .map(
            got -> {
              vertx.setPeriodic(refreshSeconds * 1000L, timer -> fetch());
              return this;
            });
  }

  private Future<TokenKeys> first(int tries) {
    return fetch()
        .recover(
            cause ->
                tries > 1
                    ? vertx
                        .timer(pace.retry().toMillis(), TimeUnit.MILLISECONDS)
                        .compose(v -> first(tries - 1))
                    : Future.failedFuture(
                        new IllegalStateException(
                            "no keys from auth.jwks "
                                + uri
                                + ": "
                                + cause.getMessage()
                                + ". Look whether the server can reach it")));
  }

  @Override
  public TokenKeys keys() {
    return keys;
  }

  @Override
  public synchronized Future<TokenKeys> refetch() {
    if (underWay != null) {
      return underWay;
    }
    boolean early = System.nanoTime() - lastStarted < pace.between().toNanos();
    return early ? Future.succeededFuture(keys) : fetch();
  }

  private synchronized Future<TokenKeys> fetch() {
    if (underWay != null) {
      return underWay;
    }
    lastStarted = System.nanoTime();
    Future<TokenKeys> started = fetch.get().compose(this::install);
    underWay = started;
    started.onComplete(done -> ended(), cause -> failed(cause));
    return started;
  }

  private synchronized void ended() {
    underWay = null;
  }

  private void failed(Throwable cause) {
    ended();
    LOG.atWarn()
        .addKeyValue("error", cause.getMessage())
        .addKeyValue("jwks", uri)
        .log("keys can't be fetched; those known stay in force");
  }

  private Future<TokenKeys> install(String text) {
    List<TokenKey> usable = parse(text);
    if (usable.isEmpty()) {
      return Future.failedFuture("it holds no key that can be used");
    }
    var all = new ArrayList<>(fromFiles);
    all.addAll(usable);
    keys = new TokenKeys(all);
    return Future.succeededFuture(keys);
  }

  private List<TokenKey> parse(String text) {
    var usable = new ArrayList<TokenKey>();
    try {
      Map<String, Object>[] published =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(text), "keys");
      if (published == null) {
        return List.of();
      }
      for (int i = 0; i < Math.min(published.length, MOST_KEYS); i++) {
        add(published[i], usable);
      }
    } catch (ParseException noSet) {
      LOG.atDebug().addKeyValue("jwks", uri).log("the answer is no key set");
    }
    return usable;
  }

  /** One key that can't be used takes nothing from the others. A published secret is none. */
  private void add(Map<String, Object> published, List<TokenKey> usable) {
    try {
      JWK jwk = JWK.parse(published);
      if (jwk instanceof OctetSequenceKey) {
        throw new UnusableKeyException("is a secret, which must not be published");
      }
      usable.add(reader.read(jwk, null));
    } catch (ParseException | UnusableKeyException skipped) {
      LOG.atDebug()
          .addKeyValue("jwks", uri)
          .addKeyValue("error", skipped.getMessage())
          .log("key skipped");
    }
  }
}
