package io.drawbridge.signin;

import io.drawbridge.config.AuthConfig;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.signin.Answer.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tokens to people of the users file. Whether a name is unknown, its password wrong or its
 * owner a demo person behind a shut gate: the answer and the work are the same.
 */
final class Login {

  private static final Logger LOG = LoggerFactory.getLogger(Login.class);
  private static final Refusal WRONG = new Refusal(401, "The user name or the password is wrong.");
  private static final Refusal SIGN_IN_AGAIN = new Refusal(401, "Please sign in again.");
  private static final int BUSY_SECONDS = 2;
  private static final Refusal BUSY =
      new Refusal(429, "Too many people are signing in; try again in a moment.", BUSY_SECONDS);

  private final Users users;
  private final PasswordCheck check;
  private final SigningKey key;
  private final TokenVerifier verifier;
  private final int tokenSeconds;
  private final TryCounts byAddress;
  private final TryCounts byName;
  private final TryCounts refreshes;

  Login(
      AuthConfig.Login config,
      Users users,
      PasswordCheck check,
      SigningKey key,
      TokenVerifier verifier,
      Clock clock) {
    this.users = users;
    this.check = check;
    this.key = key;
    this.verifier = verifier;
    this.tokenSeconds = config.tokenSeconds();
    this.byAddress = new TryCounts(config.perMinuteAddress(), clock);
    this.byName = new TryCounts(config.perMinuteUser(), clock);
    this.refreshes = new TryCounts(config.perMinuteAddress(), clock);
  }

  /** Counts a try of a client; null if it may go on. */
  @Nullable Refusal admit(String address) {
    return refusal(byAddress.count(address));
  }

  /** Counts a refresh of a client; null if it may go on. */
  @Nullable Refusal admitRefresh(String address) {
    return refusal(refreshes.count(address));
  }

  private static @Nullable Refusal refusal(int seconds) {
    return seconds == 0
        ? null
        : new Refusal(429, "Too many tries; wait " + seconds + " seconds.", seconds);
  }

  /**
   * Signs in.
   *
   * @param demo whether demo people may
   */
  Future<Answer> signIn(Credentials credentials, boolean demo) {
    Refusal tooMany = refusal(byName.count(credentials.username()));
    if (tooMany != null) {
      return Future.succeededFuture(tooMany);
    }
    Person person = users.find(credentials.username(), demo);
    PasswordHash hash = person instanceof Person.Resident someone ? someone.hash() : users.nobody();
    Future<Boolean> matches = check.check(hash, credentials.password());
    if (matches == null) {
      LOG.atWarn().log("sign-in refused: too many passwords to check");
      return Future.succeededFuture(BUSY);
    }
    return matches.map(
        good -> {
          boolean shown =
              person instanceof Person.Demo made && made.hasPassword(credentials.password());
          if (person == null || !(good || shown)) {
            return wrong(person);
          }
          byName.giveBack(credentials.username());
          return welcome(person);
        });
  }

  private Answer welcome(Person person) {
    LOG.atInfo().addKeyValue("subject", person.username()).log("signed in");
    return token(person);
  }

  /** An unknown name is not logged: people type passwords into the wrong field. */
  private static Answer wrong(@Nullable Person person) {
    String name = person == null ? "unknown" : person.username();
    LOG.atInfo().addKeyValue("subject", name).log("sign-in refused: wrong name or password");
    return WRONG;
  }

  /** A new token for the holder of a good one, with what the users file grants now. */
  Future<Answer> refresh(String token, boolean demo) {
    return verifier
        .verify(token)
        .map(
            verification -> {
              Person person =
                  verification instanceof Verification.Accepted accepted
                      ? users.find(accepted.subject().name(), demo)
                      : null;
              return person == null ? SIGN_IN_AGAIN : token(person);
            });
  }

  private Answer token(Person person) {
    String token =
        key.token(person.username(), person.authorities(), Duration.ofSeconds(tokenSeconds));
    return new Answer.Token(token, tokenSeconds);
  }
}
