package io.drawbridge.http;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of networks in CIDR form, such as {@code 10.0.0.0/8} or {@code ::1}. */
public final class Networks {

  private static final int BITS_PER_BYTE = 8;
  private static final int IPV4_BYTES = 4;

  private static final class Network {
    private final byte[] prefix;
    private final int bits;

    Network(byte[] prefix, int bits) {
      this.prefix = prefix;
      this.bits = bits;
    }

    boolean contains(byte[] address) {
      if (prefix.length != address.length) {
        return false;
      }
      int whole = bits / BITS_PER_BYTE;
      if (!Arrays.equals(prefix, 0, whole, address, 0, whole)) {
        return false;
      }
      int rest = bits % BITS_PER_BYTE;
      int mask = (0xff << (BITS_PER_BYTE - rest)) & 0xff;
      return rest == 0 || (prefix[whole] & mask) == (address[whole] & mask);
    }
  }

  private final List<Network> networks;

  private Networks(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads networks; a plain address stands for itself alone.
   *
   * @throws IllegalArgumentException naming the first that is none
   */
  public static Networks parse(List<String> texts) {
    return new Networks(texts.stream().map(Networks::network).toList());
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] prefix = bytes(slash < 0 ? text : text.substring(0, slash));
    if (prefix == null) {
      throw notANetwork(text);
    }
    int most = prefix.length * BITS_PER_BYTE;
    int bits = slash < 0 ? most : bits(text, slash + 1);
    if (bits < 0 || bits > most) {
      throw notANetwork(text);
    }
    return new Network(prefix, bits);
  }

  private static int bits(String text, int from) {
    try {
      return Integer.parseInt(text.substring(from));
    } catch (NumberFormatException e) {
      throw notANetwork(text);
    }
  }

  private static IllegalArgumentException notANetwork(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a network: write it like 10.0.0.0/8 or ::1");
  }

  /** Whether a numeric address lies in one of the networks; anything else does not. */
  public boolean contains(@Nullable String address) {
    byte[] bytes = address == null ? null : bytes(address);
    return bytes != null && networks.stream().anyMatch(network -> network.contains(bytes));
  }

  /** The address's bytes; an IPv4 address that travels in IPv6 form counts as what it is. */
  static byte @Nullable [] bytes(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes != null && bytes.length != IPV4_BYTES && mapped(bytes)
        ? Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length)
        : bytes;
  }

  private static boolean mapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
  }
}
