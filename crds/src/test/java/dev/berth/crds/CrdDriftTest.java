package dev.berth.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrdDriftTest {
  private static final Path DIRECTORY = Path.of("..", "charts", "berth", "crds");

  @Test
  void theCheckedInYamlIsWhatTheTypesSay() throws IOException {
    // Given
    Map<String, String> generated = GeneratedCrds.yaml();

    // When
    if (Boolean.getBoolean("berth.update")) {
      write(generated);
    }

    // Then
    assertThat(generated).hasSize(3);
    for (Map.Entry<String, String> file : generated.entrySet()) {
      assertThat(DIRECTORY.resolve(file.getKey()))
          .as("rewrite with ./mvnw -pl crds test -Dberth.update=true")
          .hasContent(file.getValue());
    }
  }

  private static void write(Map<String, String> files) throws IOException {
    Files.createDirectories(DIRECTORY);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
    }
  }
}
