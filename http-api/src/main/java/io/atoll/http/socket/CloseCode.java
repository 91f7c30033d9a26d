package io.atoll.http.socket;

/** The WebSocket close codes in use (RFC 6455 and our own of 4400 and above). */
public final class CloseCode {
  public static final int NORMAL = 1000;
  public static final int UNSUPPORTED_DATA = 1003;
  public static final int LOST = 1006;
  public static final int TOO_BIG = 1009;
  public static final int SERVICE_RESTART = 1012;
  public static final int MALFORMED = 4400;
  public static final int UNAUTHENTICATED = 4401;
  public static final int REVOKED = 4403;
  public static final int SLOW_CONSUMER = 4408;
  public static final int CONNECTION_QUOTA = 4429;

  private CloseCode() {}
}
