package io.drawbridge.launcher;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly stop with exit code 0; the second one ends the
 * process at once. A shutdown hook would do neither: the code would be 143, and a second signal is
 * ignored while hooks run. {@code sun.misc.Signal} is the JDK's only door to that; it is exported
 * and stays, but javac warns about it whatever one says, hence the reflection.
 */
final class Signals {

  private static final int ENDED_AT_ONCE = 130;

  private final CountDownLatch asked = new CountDownLatch(1);

  /** Takes over the signals from here on. */
  void listen() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object receiver =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, with) -> received());
      for (String name : List.of("TERM", "INT", "HUP")) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
      }
    } catch (ReflectiveOperationException e) {
      throw StartupException.failed("this JDK has no sun.misc.Signal: use JDK 17 or 25", e);
    }
  }

  private Object received() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
    asked.countDown();
    return this;
  }

  /** Blocks until somebody wants the process to end. */
  void await() throws InterruptedException {
    asked.await();
  }
}
