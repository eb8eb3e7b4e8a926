package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import io.drawbridge.pluginhost.contract.SchemaFindings.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a new version of a plugin breaks the clients of the one that runs: whatever they
 * may send now has to be taken, and whatever they may get then has to be what they were told.
 *
 * <p>An address that goes, or becomes another kind, breaks those who use it. An authority that
 * changes locks out those who hold the old one; that a rule of ops may decide instead is not known
 * here. A schema where there was none breaks those who send what it does not take. Addresses may
 * come, words and examples may change.
 */
public final class SchemaChanges {

  private static final String OR = ", or serve a new address beside it";

  private final PluginDescriptor next;
  private final List<BreakingChange> changes = new ArrayList<>();

  private SchemaChanges(PluginDescriptor next) {
    this.next = next;
  }

  /**
   * Compares two versions of a plugin.
   *
   * @return all that breaks clients, in the order of the addresses that run
   */
  public static List<BreakingChange> breaking(PluginDescriptor running, PluginDescriptor next) {
    var comparison = new SchemaChanges(next);
    running.addresses().forEach(comparison::address);
    return List.copyOf(comparison.changes);
  }

  private void address(Address old) {
    int index = successor(old);
    if (index < 0) {
      gone(old);
      return;
    }
    Address now = next.addresses().get(index);
    String pointer = "/addresses/" + index;
    if (now.kind() != old.kind()) {
      add(
          old,
          pointer + "/kind",
          "was " + word(old.kind()) + ", and is " + word(now.kind()),
          "Keep the kind");
      return;
    }
    if (old.kind() == Kind.BROADCAST) {
      received(old, pointer + "/request", old.request(), now.request());
      return;
    }
    authority(old, now, pointer + "/authority");
    sent(old, pointer + "/request", old.request(), now.request());
    if (old.kind() == Kind.REQUEST) {
      received(old, pointer + "/reply", old.reply(), now.reply());
    }
  }

  /** The entry of the same address, else a pattern under which all of it is still published. */
  private int successor(Address old) {
    List<Address> addresses = next.addresses();
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).address().equals(old.address())) {
        return i;
      }
    }
    for (int i = 0; i < addresses.size(); i++) {
      Address each = addresses.get(i);
      boolean published = old.kind() == Kind.BROADCAST && each.kind() == Kind.BROADCAST;
      if (published && new AddressPattern(each.address()).covers(old.address())) {
        return i;
      }
    }
    return -1;
  }

  private void gone(Address old) {
    String change =
        old.kind() == Kind.BROADCAST
            ? "is gone, and who is registered there hears nothing any more"
            : "is gone, and who sends there is refused";
    add(old, "/addresses", change, "Keep it");
  }

  private void authority(Address old, Address now, String pointer) {
    if (old.authority() != null && !old.authority().equals(now.authority())) {
      String is = now.authority() == null ? "is gone" : "is " + now.authority();
      add(
          old,
          pointer,
          "authority was " + old.authority() + ", and " + is + ": who holds the old one is refused",
          "Keep the authority");
    }
  }

  private void sent(
      Address address, String pointer, @Nullable JsonNode old, @Nullable JsonNode now) {
    var findings = new SchemaFindings(Side.SENT);
    SchemaComparison.compare(schema(old), object(old), schema(now), findings);
    add(address, pointer, findings);
  }

  private void received(
      Address address, String pointer, @Nullable JsonNode old, @Nullable JsonNode now) {
    var findings = new SchemaFindings(Side.RECEIVED);
    SchemaComparison.compare(schema(now), object(now), schema(old), findings);
    add(address, pointer, findings);
  }

  private static JsonNode schema(@Nullable JsonNode schema) {
    return schema == null ? BooleanNode.TRUE : schema;
  }

  /** Bodies and replies are objects always; where no schema is, with whatever fields. */
  private static ObjectNode object(@Nullable JsonNode schema) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
    JsonNode form = SchemaForm.of(schema(schema));
    boolean saysNothing = form.equals(BooleanNode.TRUE) || (form.isObject() && form.isEmpty());
    return saysNothing ? object.put(FieldRules.ANYTHING, true) : object;
  }

  private void add(Address address, String pointer, SchemaFindings findings) {
    findings
        .found()
        .forEach(each -> add(address, pointer + each.pointer(), each.change(), each.remedy()));
  }

  private void add(Address address, String pointer, String change, String remedy) {
    changes.add(new BreakingChange(address.address(), pointer, change, remedy + OR));
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
