package io.atoll.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's key: configured, or else made on the first start and kept in the data folder in a
 * file that its owner alone can read. A key that this start has made is a {@code draft} until it is
 * kept: a start that fails leaves none that nobody was shown.
 */
record AdminKey(String text, @Nullable Path draft) {
  static final String FILE = "admin-key";

  private static final int SHORTEST = 16;
  private static final int RANDOM_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  AdminKey {
    if (text.length() < SHORTEST) {
      throw new ConfigurationException(
          "the admin key is too short: it needs at least " + SHORTEST + " characters");
    }
    if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
      throw new ConfigurationException(
          "the admin key may hold printable ASCII without spaces only");
    }
  }

  /** The configured key, or the one of the data folder, which exists. */
  static AdminKey in(Path data, String configured, SecureRandom random) {
    if (!configured.isEmpty()) {
      return new AdminKey(configured, null);
    }
    Path file = data.resolve(FILE);
    try {
      return Files.exists(file) ? new AdminKey(read(file), null) : make(file, random);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new ConfigurationException(
          "others can read the admin key file "
              + file
              + ": chmod 600 it, or delete it for a new key");
    }
    return Files.readString(file).strip();
  }

  /** The key is complete on disk before it has its name, so a crash leaves no half of one. */
  private static AdminKey make(Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    String text = "atl_admin_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Path draft = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.write(UTF_8.encode(text + "\n"));
      channel.force(true);
    }
    return new AdminKey(text, draft);
  }

  /** Whether this start has made the key. */
  boolean made() {
    return draft != null;
  }

  /** Keeps the key that this start has made for the next ones. */
  void keep() {
    if (draft == null) {
      return;
    }
    try {
      Files.move(draft, draft.resolveSibling(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public String toString() {
    return "AdminKey[made=" + made() + "]";
  }
}
