package io.atoll.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atoll.quota.Quotas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class TenantSerializerTest {
  private static final String FIXTURES = "/io/atoll/tenant/stored-1.properties";

  private final TenantSerializer serializer = new TenantSerializer();

  @Test
  void whateverWasEverStoredIsReadAsWhatItWas() throws IOException {
    Properties fixtures = fixtures();
    Map<String, Object> samples = Samples.all();

    assertThat(fixtures.stringPropertyNames()).isEqualTo(samples.keySet());
    samples.forEach((name, sample) -> {
      String[] stored = fixtures.getProperty(name).split(" ", 2);
      Object read = serializer.fromBinary(Base64.getDecoder().decode(stored[1]), stored[0]);
      assertThat(shown(read)).as(name).isEqualTo(shown(sample));
      assertThat(serializer.manifest(sample)).as(name).isEqualTo(stored[0]);
    });
  }

  @Test
  void everyKindOfEventHasASample() {
    assertThat(
            Samples.all().values().stream()
                .filter(TenantEvent.class::isInstance)
                .map(Object::getClass)
                .distinct()
                .count())
        .isEqualTo(TenantEvent.class.getPermittedSubclasses().length);
  }

  @Test
  void bytesOfAnUnknownManifestAreRefused() {
    byte[] bytes = serializer.toBinary(new TenantEvent.TenantPurged(1));

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "tenant-created-99"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serializer.toBinary("text"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListedTenantComesBackAsItWas() {
    TenantView view =
        TenantViews.view(
            Tenants.ID,
            (TenantState.Present) Samples.all().get("state-active"),
            Tenants.at(0).plans(),
            123,
            456);
    TenantView read = TenantDocument.decode(TenantDocument.encode(view));

    assertThat(read).isEqualTo(view);
    assertThat(read.quotas()).isInstanceOf(Quotas.class);
  }

  /** Run once for each new kind of event, with the file as the property, then committed. */
  @Test
  @EnabledIfSystemProperty(named = "atoll.fixtures", matches = ".+")
  void writesFixtures() throws IOException {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(Samples.all())
        .forEach((name, sample) ->
            lines
                .append(name)
                .append('=')
                .append(serializer.manifest(sample))
                .append(' ')
                .append(Base64.getEncoder().encodeToString(serializer.toBinary(sample)))
                .append('\n'));
    Path file = Path.of(System.getProperty("atoll.fixtures"));
    Files.writeString(file, lines);
    assertThat(file).isNotEmptyFile();
  }

  /** Byte arrays and maps of any kind compare by what they hold when written as text. */
  private String shown(Object object) {
    return Wire.tree(serializer.toBinary(object)).toString();
  }

  private static Properties fixtures() throws IOException {
    Properties fixtures = new Properties();
    try (InputStream stream = TenantSerializerTest.class.getResourceAsStream(FIXTURES)) {
      fixtures.load(stream);
    }
    return fixtures;
  }
}
