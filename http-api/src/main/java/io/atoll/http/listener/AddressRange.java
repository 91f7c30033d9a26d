package io.atoll.http.listener;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;

/** A block of IP addresses in CIDR form; a single address is a block of one. */
public final class AddressRange {
  private final byte[] network;
  private final int bits;

  private AddressRange(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Parses {@code 10.0.0.0/8} or {@code ::1}; fails with {@link IllegalArgumentException}. */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("not an address range: " + text);
    }
    int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException("not an address range: " + text);
    }
    return new AddressRange(address, bits);
  }

  /** Whether the address lies in this block; a block of the other family holds it never. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(bytes, 0, whole, network, 0, whole)
        && (rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0);
  }

  @Override
  public String toString() {
    return NetUtil.bytesToIpAddress(network) + "/" + bits;
  }
}
