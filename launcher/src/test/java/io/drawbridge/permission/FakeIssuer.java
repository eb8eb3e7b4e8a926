package io.drawbridge.permission;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An issuer that publishes whatever keys a test wants, or fails as it wants. */
final class FakeIssuer implements AutoCloseable {

  /** A key with which the issuer signs. */
  record Key(String id, KeyPair pair) {

    static Key rsa(String id) {
      return rsa(id, 2048);
    }

    static Key rsa(String id, int bits) {
      try {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return new Key(id, generator.generateKeyPair());
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    JWK published() {
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
          .keyID(id)
          .algorithm(JWSAlgorithm.RS256)
          .build();
    }

    String token(String subject) {
      long exp = System.currentTimeMillis() / 1000 + 600;
      return Tokens.signed(
          pair.getPrivate(),
          "SHA256withRSA",
          "{\"alg\":\"RS256\",\"kid\":\"" + id + "\"}",
          "{\"sub\":\"%s\",\"exp\":%d,\"iss\":\"https://id.example\",\"aud\":\"bridge\"}"
              .formatted(subject, exp));
    }
  }

  private final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer server;
  private volatile Consumer<HttpServerRequest> behaviour;

  FakeIssuer(Vertx vertx, Key... keys) throws TimeoutException {
    publish(keys);
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  fetches.incrementAndGet();
                  behaviour.accept(request);
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/keys");
  }

  void publish(Key... keys) {
    answer(
        Stream.of(keys)
            .map(key -> key.published().toPublicJWK().toJSONString())
            .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
  }

  void answer(String text) {
    behave(request -> request.response().end(text));
  }

  void behave(Consumer<HttpServerRequest> next) {
    behaviour = next;
  }

  int fetches() {
    return fetches.get();
  }

  @Override
  public void close() throws TimeoutException {
    server.close().await(10, TimeUnit.SECONDS);
  }
}
