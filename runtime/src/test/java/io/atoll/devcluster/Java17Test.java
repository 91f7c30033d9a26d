package io.atoll.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Java17Test {
  @TempDir Path folder;

  @Test
  void ofThoseInstalledThe17IsFound() throws IOException {
    java("installed/a-25", "25.0.1");
    Path java = java("installed/b-17", "17.0.15");

    assertThat(find(Map.of())).contains(java);
  }

  @Test
  void theOneThatTheVariableNamesWins() throws IOException {
    java("installed/a-17", "17.0.15");
    Path mine = java("mine", "17.0.2");

    assertThat(find(Map.of("JAVA17_HOME", folder.resolve("mine").toString()))).contains(mine);
  }

  @Test
  void aVariableThatNamesAnotherVersionIsPassedOver() throws IOException {
    java("mine", "21.0.1");
    Path java = java("installed/a-17", "17.0.15");

    assertThat(find(Map.of("JAVA17_HOME", folder.resolve("mine").toString()))).contains(java);
  }

  @Test
  void noneIsFoundWhereNothingIsInstalled() {
    assertThat(find(Map.of("JAVA17_HOME", folder.resolve("nowhere").toString()))).isEmpty();
  }

  private Optional<Path> find(Map<String, String> environment) {
    return Java17.find(environment, folder.resolve("installed"));
  }

  private Path java(String home, String version) throws IOException {
    Path java = folder.resolve(home).resolve("bin/java");
    Files.createDirectories(java.getParent());
    assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve(home).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return java;
  }
}
