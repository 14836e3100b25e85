package dev.berth.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dashboard shows only metrics that some process has. */
class DashboardTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern METRIC = Pattern.compile("berth_[a-z_]+");

  @Test
  void everyMetricOfADashboardIsRegisteredSomewhere() throws IOException {
    // Given
    Set<String> shown = new TreeSet<>();
    for (Path dashboard : files(ROOT.resolve("charts/berth/dashboards"), ".json")) {
      new JsonMapper()
          .readTree(dashboard.toFile())
          .findValuesAsText("expr")
          .forEach(
              query ->
                  METRIC
                      .matcher(query)
                      .results()
                      .map(found -> found.group().replaceFirst("_(bucket|count|sum)$", ""))
                      .forEach(shown::add));
    }

    // When
    Set<String> registered = new TreeSet<>();
    for (String module : Set.of("scheduler", "operator", "node-agent", "hub-lite")) {
      for (Path source : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
        Pattern.compile("\"(berth_[a-z_]+)\"")
            .matcher(Files.readString(source))
            .results()
            .map(found -> found.group(1))
            .forEach(registered::add);
      }
    }

    // Then
    assertThat(shown).isNotEmpty();
    assertThat(registered).containsAll(shown);
  }

  private static Iterable<Path> files(Path below, String ending) {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
