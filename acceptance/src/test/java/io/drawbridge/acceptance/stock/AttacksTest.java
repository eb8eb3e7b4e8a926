package io.drawbridge.acceptance.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each attack succeeds against a stock bridge and fails against our server. */
class AttacksTest {

  private static final String FOREIGN = "Origin: https://evil.example";
  private static final String COMPRESSION = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final int RSV1 = 0x40;
  private static final int FIN = 0x80;

  private static StockBridge stock;
  private static OurServer ours;

  @BeforeAll
  static void startBoth(@TempDir Path directory) throws Exception {
    stock = StockBridge.start();
    ours = OurServer.start(directory);
  }

  @AfterAll
  static void endBoth() throws Exception {
    if (ours != null) {
      ours.close();
    }
    stock.close();
  }

  /** Half of what is sent to a guarded address goes to whoever has registered there. */
  @Test
  void anAnonymousSocketTakesPartInAGuardedAddressOnlyOnStock() throws Exception {
    BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    stock.vertx().eventBus().consumer("guarded.stock", message -> arrived.add(message.body()));
    try (BridgeSocket anonymous = BridgeSocket.raw(stock.port())) {
      anonymous.registerAndHear("plain.a").register("guarded.stock");
      assertThat(anonymous.restUntilEchoAt("plain.a")).isEmpty();
      for (int i = 0; i < 10; i++) {
        stock.vertx().eventBus().send("guarded.stock", i);
      }
      for (int i = 0; i < 5; i++) {
        assertThat(arrived.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
      anonymous.restUntilEchoAt("plain.a");
      assertThat(arrived).isEmpty();
    }

    String token = ours.token("alice", "guard:use");
    try (BridgeSocket anonymous = BridgeSocket.raw(ours.port());
        BridgeSocket alice = BridgeSocket.signedIn(ours.port(), token)) {
      alice.registerAndHear("guarded.ours");
      anonymous.register("guarded.ours");
      assertThat(anonymous.next().getString("body")).isEqualTo("not_logged_in");
      for (int i = 0; i < 10; i++) {
        alice.send(Frames.send("guarded.ours", i));
      }
      assertThat(alice.next(10)).extracting(rec -> rec.getValue("body")).hasSize(10);
    }
  }

  @Test
  void aSocketAnswersTheRequestOfAnotherOnlyOnStock() throws Exception {
    assertThat(forgedAnswer(stock.port())).isEqualTo("forged");
    assertThat(forgedAnswer(ours.port())).isEqualTo("honest");
  }

  /** What bob gets when mallory knows the reply address and is faster than alice. */
  private static Object forgedAnswer(int port) throws IOException {
    try (BridgeSocket alice = BridgeSocket.raw(port);
        BridgeSocket bob = BridgeSocket.raw(port);
        BridgeSocket mallory = BridgeSocket.raw(port)) {
      alice.registerAndHear("plain.question");
      mallory.registerAndHear("plain.mallory");
      bob.send(Frames.request("plain.question", "yes or no?", "bobs-reply-address"));
      String replyAddress = alice.next().getString("replyAddress");
      mallory.send(Frames.send(replyAddress, "forged"));
      mallory.restUntilEchoAt("plain.mallory");
      alice.send(Frames.send(replyAddress, "honest"));
      return bob.next().getValue("body");
    }
  }

  /** 1,500 messages of 32 KiB are 46 MiB; a client that reads none of them gets all on stock. */
  @Test
  void aStalledClientMakesTheServerHoldEverythingOnlyOnStock() throws Exception {
    int messages = 1_500;
    assertThat(heldForAStalledClient(stock.port(), messages)).isEqualTo(messages);
    assertThat(heldForAStalledClient(ours.port(), messages)).isLessThan(messages / 3);
  }

  /** How many of the published messages the server had kept, in its memory and the kernel's. */
  private static int heldForAStalledClient(int port, int messages) throws IOException {
    String body = "x".repeat(32 * 1024);
    try (WireSocket stalled = WireSocket.ask(port, "/eventbus/websocket", 16 * 1024);
        BridgeSocket busy = BridgeSocket.raw(port)) {
      stalled.sendText(Frames.register("plain.flood").encode());
      busy.registerAndHear("plain.flood");
      for (int i = 0; i < messages; i++) {
        busy.send(Frames.publish("plain.flood", body));
        busy.next();
      }
      return textsUntilTheEnd(stalled, messages);
    }
  }

  private static int textsUntilTheEnd(WireSocket socket, int most) throws IOException {
    int texts = 0;
    try {
      while (texts < most) {
        WireSocket.Frame frame = socket.next();
        if (frame.opcode() == WireSocket.CLOSE) {
          return texts;
        }
        texts += frame.payload().length > 1024 ? 1 : 0;
      }
    } catch (java.io.EOFException | SocketException e) {
      // Cut off: what had not been read by then was not kept.
    }
    return texts;
  }

  @Test
  void everyBrowserIsARegistrationOfItsOwnOnTheBusOnlyOnStock() throws Exception {
    assertThat(deliveriesOfOnePublish(stock.port(), () -> stock.busDeliveries("plain.many")))
        .isEqualTo(10);
    assertThat(deliveriesOfOnePublish(ours.port(), () -> ours.busDeliveries("plain.many")))
        .isEqualTo(1);
  }

  private interface Count {
    int now() throws IOException;
  }

  /** What one more publish to an address of ten browsers costs the bus. */
  private static int deliveriesOfOnePublish(int port, Count deliveries) throws IOException {
    List<BridgeSocket> browsers = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        browsers.add(BridgeSocket.raw(port).registerAndHear("plain.many"));
      }
      hearFromTheFirst(browsers, "before");
      int before = deliveries.now();
      hearFromTheFirst(browsers, "counted");
      return deliveries.now() - before;
    } finally {
      for (BridgeSocket browser : browsers) {
        browser.close();
      }
    }
  }

  private static void hearFromTheFirst(List<BridgeSocket> browsers, String body)
      throws IOException {
    browsers.get(0).send(Frames.publish("plain.many", body));
    for (BridgeSocket browser : browsers) {
      browser.restUntil(body);
    }
  }

  @Test
  void aForeignPageConnectsOnlyOnStock() throws Exception {
    for (String path : List.of("/eventbus/websocket", "/eventbus/000/foreign/websocket")) {
      try (WireSocket onStock = WireSocket.ask(stock.port(), path, FOREIGN);
          WireSocket onOurs = WireSocket.ask(ours.port(), path, FOREIGN)) {
        assertThat(onStock.status()).isEqualTo(101);
        assertThat(onOurs.status()).isEqualTo(403);
      }
    }
  }

  /** 64 KiB on the wire, 60 MB once inflated. */
  @Test
  void aCompressedBombIsTakenOnlyOnStock() throws Exception {
    byte[] bomb = deflated(60_000_000);
    try (WireSocket onStock = WireSocket.open(stock.port(), "/eventbus/websocket", COMPRESSION)) {
      assertThat(onStock.responseHead().toLowerCase()).contains("permessage-deflate");
      onStock.send(FIN | RSV1 | WireSocket.TEXT, bomb);
      assertThat(isAlive(onStock)).isTrue();
    }
    try (WireSocket onOurs = WireSocket.open(ours.port(), "/eventbus/websocket", COMPRESSION)) {
      assertThat(onOurs.responseHead().toLowerCase()).doesNotContain("permessage-deflate");
      onOurs.send(FIN | RSV1 | WireSocket.TEXT, bomb);
      assertThat(onOurs.readToClose()).isEqualTo(1002);
    }
  }

  private static byte[] deflated(int zeros) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(new byte[zeros]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    while (length > 0) {
      out.write(buffer, 0, length);
      length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
    }
    deflater.end();
    byte[] all = out.toByteArray();
    // RFC 7692, 7.2.1: without the four bytes that a sync flush ends with.
    return Arrays.copyOf(all, all.length - 4);
  }

  /** A message that never ends: 1,000 fragments of 32 KiB. */
  @Test
  void fragmentsWithoutEndAreTakenOnlyOnStock() throws Exception {
    try (WireSocket onStock = WireSocket.open(stock.port(), "/eventbus/websocket")) {
      sendFragments(onStock, 1_000, 32 * 1024);
      assertThat(isAlive(onStock)).isTrue();
    }
    try (WireSocket onOurs = WireSocket.open(ours.port(), "/eventbus/websocket")) {
      assertThat(closeCodeAfterFragments(onOurs, 32 * 1024)).isEqualTo(1009);
    }
    try (WireSocket onOurs = WireSocket.open(ours.port(), "/eventbus/websocket")) {
      assertThat(closeCodeAfterFragments(onOurs, 0)).isEqualTo(1009);
    }
  }

  private static void sendFragments(WireSocket socket, int count, int bytes) throws IOException {
    byte[] fragment = new byte[bytes];
    Arrays.fill(fragment, (byte) ' ');
    socket.send(WireSocket.TEXT, fragment);
    for (int i = 1; i < count; i++) {
      socket.send(WireSocket.CONTINUATION, fragment);
    }
  }

  private static int closeCodeAfterFragments(WireSocket socket, int bytes) throws IOException {
    try {
      sendFragments(socket, 100, bytes);
    } catch (SocketException e) {
      // The server has closed already; its close frame may still be there to read.
    }
    return socket.readToClose();
  }

  private static boolean isAlive(WireSocket socket) throws IOException {
    socket.send(FIN | WireSocket.PING, "there?".getBytes(StandardCharsets.UTF_8));
    WireSocket.Frame frame = socket.next();
    return frame.opcode() == WireSocket.PONG && frame.text().equals("there?");
  }
}
