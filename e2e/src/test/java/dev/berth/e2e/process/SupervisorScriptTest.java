package dev.berth.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupervisorScriptTest {
  private static final Path FILE = Path.of("/home/config/app.yaml");
  private static final Path DIRECTORY = Path.of("/home/run/app");

  private static ProcessSpec spec(String content) {
    return new ProcessSpec(
        "app",
        List.of("/bin/app", "--name=it's"),
        Map.of("B", "2", "A", "$HOME"),
        Map.of(FILE, content),
        new Readiness.Listening(1));
  }

  @Test
  void quotesEveryWordAndValue() {
    // When
    var script = SupervisorScript.render(spec("x"), DIRECTORY);

    // Then
    assertThat(script)
        .contains("'/bin/app' '--name=it'\\''s' 9>&- &")
        .contains("export A='$HOME'\nexport B='2'\n")
        .contains("cd '/home/run/app'");
  }

  @Test
  void changesWithTheContentOfItsFiles() {
    assertThat(SupervisorScript.render(spec("x"), DIRECTORY))
        .isEqualTo(SupervisorScript.render(spec("x"), DIRECTORY))
        .isNotEqualTo(SupervisorScript.render(spec("y"), DIRECTORY));
  }
}
