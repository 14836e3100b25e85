package dev.berth.e2e.replay.turns;

import dev.berth.e2e.FleetException;
import dev.berth.turns.model.Size;
import dev.berth.turns.model.Turn;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV of calls in order of time, with the columns {@code
 * arrival_s,turn_id,account,tier,space,declared_s,actual_s,load_s,mem_gb,size}; more are ignored.
 */
final class CallFile {
  private static final Map<String, Integer> WEIGHTS =
      Map.of("anonymous", 1, "free", 2, "pro", 4, "enterprise", 4);

  private CallFile() {}

  static List<Call> read(Path file) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file), format)) {
      List<Call> calls = new ArrayList<>();
      for (CSVRecord row : rows) {
        calls.add(call(row));
      }
      return calls;
    } catch (IOException | IllegalArgumentException e) {
      throw new FleetException("Cannot read calls from " + file + ": " + e.getMessage(), e);
    }
  }

  private static Call call(CSVRecord row) {
    Turn turn =
        new Turn(
            row.get("turn_id"),
            row.get("account"),
            weight(row.get("tier")),
            row.get("space"),
            size(row.get("size")),
            nanos(row.get("declared_s")),
            nanos(row.get("load_s")),
            new BigDecimal(row.get("mem_gb")).movePointRight(3).longValueExact(),
            1000,
            Turn.ANY_SEAT);
    return new Call(nanos(row.get("arrival_s")), turn, nanos(row.get("actual_s")));
  }

  private static int weight(String tier) {
    Integer weight = WEIGHTS.get(tier);
    if (weight == null) {
      throw new IllegalArgumentException(
          "tier %s: expected one of %s".formatted(tier, WEIGHTS.keySet()));
    }
    return weight;
  }

  private static Size size(String size) {
    return switch (size) {
      case "large" -> Size.LARGE;
      case "xlarge" -> Size.XLARGE;
      default ->
          throw new IllegalArgumentException("size %s: expected large or xlarge".formatted(size));
    };
  }

  private static long nanos(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValueExact();
  }
}
