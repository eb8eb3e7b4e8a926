package io.drawbridge.config;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of networks: an IP address and how many of its first bits count. */
final class Networks {

  private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

  private Networks() {}

  static @Nullable Complaint complaint(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int most = bits(address);
    if (most == 0) {
      return new Complaint(
          Quoted.of(text) + " is no network",
          "Write an IP address and a length: 10.0.0.0/8, fd00::/8");
    }
    if (slash < 0) {
      return new Complaint(
          Quoted.of(text) + " has no length",
          "Write " + text + "/" + most + " for this one address");
    }
    String length = text.substring(slash + 1);
    return LENGTH.matcher(length).matches() && Integer.parseInt(length) <= most
        ? null
        : new Complaint(
            Quoted.of(text) + " has a length out of bounds", "Give one from 0 to " + most);
  }

  private static int bits(String address) {
    if (NetUtil.isValidIpV4Address(address)) {
      return 32;
    }
    boolean v6 = address.matches("[0-9a-fA-F:.]+") && NetUtil.isValidIpV6Address(address);
    return v6 ? 128 : 0;
  }
}
