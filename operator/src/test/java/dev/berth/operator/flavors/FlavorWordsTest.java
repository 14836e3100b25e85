package dev.berth.operator.flavors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlavorWordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, $0.00",
    "400000, $0.40",
    "40000000, $40.00",
    "714286, $0.714286",
    "33000, $0.033"
  })
  void pricesShowCentsAndWhatMatters(long microUsd, String words) {
    assertThat(FlavorWords.price(microUsd)).isEqualTo(words);
  }
}
