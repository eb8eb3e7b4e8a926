package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what breaks clients, in sentences that fit who sends and who reads. */
final class SchemaFindings {

  /** Whose schema changes: what clients send, or what they get. */
  enum Side {
    SENT,
    RECEIVED
  }

  /** One difference that breaks somebody. */
  record Finding(String pointer, String change, String remedy) {}

  private final Side side;
  private final Set<Finding> found = new LinkedHashSet<>();

  SchemaFindings(Side side) {
    this.side = side;
  }

  List<Finding> found() {
    return List.copyOf(found);
  }

  boolean none() {
    return found.isEmpty();
  }

  /** An empty collector, to try something with. */
  SchemaFindings trial() {
    return new SchemaFindings(side);
  }

  /** Says one of two sentences: what is no longer taken, or what may come now. */
  void add(String pointer, String sent, String received, String remedy) {
    found.add(new Finding(pointer, side == Side.SENT ? sent : received, remedy));
  }

  /** Says what a keyword was and is. */
  void changed(String pointer, String keyword, @Nullable JsonNode from, @Nullable JsonNode to) {
    JsonNode was = side == Side.SENT ? from : to;
    JsonNode is = side == Side.SENT ? to : from;
    String change = keyword + " is new: " + is;
    if (is == null) {
      change = keyword + " is gone, and was " + was;
    } else if (was != null) {
      change = keyword + " was " + was + ", and is " + is;
    }
    found.add(new Finding(pointer + "/" + keyword, change, "Keep it"));
  }

  /** Says that nobody can say. */
  void unclear(String pointer, String what) {
    found.add(
        new Finding(
            pointer,
            what + " differs, and whether that breaks clients can't be judged",
            "Keep it"));
  }
}
