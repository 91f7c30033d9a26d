package io.atoll.access;

import java.util.regex.Pattern;

/** The form of a map's name: 1 to 128 of {@code A-Z a-z 0-9 _ . -}. */
public final class MapName {
  private static final int MAX_LENGTH = 128;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]+");

  private MapName() {}

  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }
}
