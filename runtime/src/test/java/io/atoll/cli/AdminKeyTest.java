package io.atoll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKeyTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir Path data;

  @Test
  void theFirstStartMakesAKeyAndTheNextOnesReadIt() {
    AdminKey first = made();
    AdminKey second = AdminKey.in(data, "", random);

    assertThat(first.made()).isTrue();
    assertThat(first.text()).matches("atl_admin_[A-Za-z0-9_-]{43}");
    assertThat(second).isEqualTo(new AdminKey(first.text(), null));
  }

  @Test
  void aKeyThatWasNotKeptIsReplacedByTheNextStart() {
    AdminKey failed = AdminKey.in(data, "", random);
    assertThat(file()).doesNotExist();
    AdminKey next = made();

    assertThat(next.made()).isTrue();
    assertThat(next.text()).isNotEqualTo(failed.text());
    assertThat(AdminKey.in(data, "", random).text()).isEqualTo(next.text());
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws IOException {
    made();

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aConfiguredKeyIsUsedAndNotKept() {
    AdminKey key = AdminKey.in(data, "0123456789abcdef", random);

    assertThat(key).isEqualTo(new AdminKey("0123456789abcdef", null));
    assertThat(file()).doesNotExist();
  }

  @Test
  void aShortKeyIsRefused() {
    assertRefused("0123456789abcde", "too short");
  }

  @Test
  void aKeyThatNoHeaderCanCarryIsRefused() {
    assertRefused("0123456789 abcdef", "printable ASCII");
    assertRefused("0123456789abcd\u00e9\n", "printable ASCII");
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    made();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    assertRefused("", "others can read");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    made();
    Files.writeString(file(), "");

    assertRefused("", "too short");
  }

  @Test
  void theTextIsNotInTheDescription() {
    assertThat(new AdminKey("0123456789abcdef", file()).toString()).doesNotContain("0123456789");
  }

  /** A key as a start leaves it that has become ready. */
  private AdminKey made() {
    AdminKey key = AdminKey.in(data, "", random);
    key.keep();
    return key;
  }

  private Path file() {
    return data.resolve(AdminKey.FILE);
  }

  private void assertRefused(String configured, String reason) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> AdminKey.in(data, configured, random))
        .withMessageContaining(reason);
  }
}
