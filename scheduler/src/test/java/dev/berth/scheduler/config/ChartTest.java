package dev.berth.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart can set all that a scheduler can be configured with, and nothing else. */
class ChartTest {
  private static final Path CHART = Path.of("..", "charts", "berth");

  @Test
  void theChartSetsEveryKey() throws IOException {
    // Given
    String template = Files.readString(CHART.resolve("templates/scheduler.yaml"));
    String config = template.substring(template.indexOf("config.yaml: |"), template.indexOf("---"));
    List<String> known =
        Arrays.stream(SchedulerConfig.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    // When
    List<String> keys = found("\n    ([a-zA-Z]+):", config);
    List<String> values = found("\\.Values\\.scheduler\\.([a-zA-Z]+)", config);

    // Then tls and management come from the part that all processes share
    assertThat(config).contains("include \"berth.tls\"");
    assertThat(keys).isSubsetOf(known);
    assertThat(known).allMatch(key -> keys.contains(key) || key.matches("tls|management"));
    assertThat(Files.readString(CHART.resolve("values.yaml"))).contains(values);
    assertThat(Files.readString(CHART.resolve("README.md"))).contains(values);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult r) -> r.group(1))
        .toList();
  }
}
