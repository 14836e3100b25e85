package dev.berth.agent.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exporter's Prometheus text format (0.0.4). Lines that cannot be read are skipped; a series
 * that is missing has no value; integer blanks (0x7ffffffffffffff0 and above) are dropped.
 */
public final class DcgmText {
  private static final double BLANK = 0x7ffffffffffffff0L;

  private DcgmText() {}

  /** One sample of a field that we read. */
  public record Sample(DcgmField field, Map<String, String> labels, double value) {
    public Sample {
      labels = Map.copyOf(labels);
    }
  }

  public static List<Sample> parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines()
        .filter(l -> !l.isBlank() && l.charAt(0) != '#')
        .forEach(l -> sample(l).ifPresent(samples::add));
    return samples;
  }

  private static Optional<Sample> sample(String line) {
    int brace = line.indexOf('{');
    int close = line.lastIndexOf('}');
    if (brace < 0 || close < brace) {
      return Optional.empty();
    }
    return DcgmField.of(line.substring(0, brace).strip())
        .flatMap(
            field ->
                value(line.substring(close + 1))
                    .map(v -> new Sample(field, labels(line.substring(brace + 1, close)), v)));
  }

  /** The first word after the labels; a timestamp may follow. */
  private static Optional<Double> value(String rest) {
    String word = rest.strip().split("\\s+", 2)[0];
    try {
      double value = Double.parseDouble(word);
      return Double.isFinite(value) && value < BLANK ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    int at = 0;
    while (at < text.length()) {
      int equals = text.indexOf("=\"", at);
      if (equals < 0) {
        break;
      }
      StringBuilder value = new StringBuilder();
      int end = quoted(text, equals + 2, value);
      labels.put(text.substring(at, equals).strip(), value.toString());
      at = end + 1;
      while (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ' ')) {
        at++;
      }
    }
    return labels;
  }

  /** Reads up to the closing quote and returns its index. */
  private static int quoted(String text, int from, StringBuilder value) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = text.charAt(at) == 'n' ? '\n' : text.charAt(at);
      }
      value.append(c);
      at++;
    }
    return at;
  }
}
