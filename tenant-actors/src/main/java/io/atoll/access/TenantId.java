package io.atoll.access;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The form of a tenant's id: 1 to 63 of {@code a-z 0-9 -}, with no hyphen at either end. */
public final class TenantId {
  static final int MAX_LENGTH = 63;

  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String ALPHABET = LETTERS + "0123456789";
  private static final int GENERATED_LENGTH = 20;

  private TenantId() {}

  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  /** A new id of 20 characters, begun by a letter: about 103 random bits. */
  public static String generate(RandomGenerator random) {
    StringBuilder id = new StringBuilder(GENERATED_LENGTH);
    id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    while (id.length() < GENERATED_LENGTH) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
