package io.drawbridge.signin;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** Tells clients apart for counting: by IPv4 address, or by IPv6 network of 64 bits. */
final class ClientKey {

  private static final int NETWORK_BYTES = 8;
  private static final int V4_BYTES = 4;

  private ClientKey() {}

  static String of(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == V4_BYTES) {
      return address;
    }
    return Arrays.toString(Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
