package dev.berth.e2e.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class YamlTest {
  @Test
  void writesNestedMapsAndLists() {
    // Given
    var document =
        Yaml.map(
            "name",
            "a \"b\"\\c",
            "port",
            7,
            "on",
            true,
            "none",
            List.of(),
            "empty",
            Yaml.map(),
            "items",
            List.of("x", Yaml.map("k", "v", "deep", Yaml.map("n", 1))));

    // When
    var text = Yaml.render(document);

    // Then
    assertThat(text)
        .isEqualTo(
            """
            name: "a \\"b\\"\\\\c"
            port: 7
            on: true
            none: []
            empty: {}
            items:
            - "x"
            - k: "v"
              deep:
                n: 1
            """);
  }
}
