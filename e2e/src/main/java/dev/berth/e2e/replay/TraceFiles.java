package dev.berth.e2e.replay;

import dev.berth.e2e.FleetException;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The CSV files of the public GPU trace (github.com/alibaba/clusterdata, cluster-trace-gpu-v2023):
 * nodes {@code sn,cpu_milli,memory_mib,gpu,model}; tasks {@code name or
 * task_id,cpu_milli,memory_mib,num_gpu,gpu_milli[,gpu_spec][,arrival_s,duration_s]}, where {@code
 * gpu_spec} names the allowed models with | between them.
 */
public final class TraceFiles {
  private static final long CARD_MEMORY_MIB =
      16_384; // The trace does not say; nothing asks for it.

  private TraceFiles() {}

  public static Map<String, Inventory> nodes(Path file) {
    Map<String, Inventory> nodes = new LinkedHashMap<>();
    read(file, row -> nodes.put(row.get("sn"), inventory(row)));
    return nodes;
  }

  private static Inventory inventory(CSVRecord row) {
    List<Card> cards = new ArrayList<>();
    String model = row.get("model");
    for (int i = 0; i < number(row, "gpu"); i++) {
      String uuid = "GPU-" + row.get("sn") + "-" + i;
      cards.add(new Card(i, uuid, model, CARD_MEMORY_MIB, "", true, 0, 0, List.of()));
    }
    return new Inventory(
        number(row, "cpu_milli"), number(row, "memory_mib"), 1, 1, cards, List.of());
  }

  public static List<Task> tasks(Path file) {
    return read(file, TraceFiles::task);
  }

  private static Task task(CSVRecord row) {
    return new Task(
        row.isMapped("task_id") ? row.get("task_id") : row.get("name"),
        new Shape(number(row, "cpu_milli"), number(row, "memory_mib"), accelerator(row)),
        row.isMapped("arrival_s") ? Double.parseDouble(row.get("arrival_s")) : 0,
        row.isMapped("duration_s") ? Double.parseDouble(row.get("duration_s")) : 0);
  }

  private static Accelerator accelerator(CSVRecord row) {
    int count = (int) number(row, "num_gpu");
    int milli = (int) number(row, "gpu_milli");
    String spec = row.isMapped("gpu_spec") ? row.get("gpu_spec") : "";
    Models models = spec.isEmpty() ? Models.ANY : Models.of(spec.split("\\|"));
    if (count == 0) {
      return new Accelerator.None();
    }
    return count == 1 && milli < 1000
        ? new Accelerator.GpuShare(models, milli, 0)
        : new Accelerator.WholeGpus(models, count);
  }

  private static long number(CSVRecord row, String column) {
    String text = row.get(column);
    return text.isEmpty() ? 0 : new BigDecimal(text).longValue();
  }

  private static <T> List<T> read(Path file, Function<CSVRecord, T> row) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
      List<T> rows = new ArrayList<>();
      for (CSVRecord record : parser) {
        rows.add(convert(file, record, row));
      }
      return rows;
    } catch (IOException e) {
      throw new FleetException(
          "Cannot read " + file + ": " + e.getMessage() + ". Give a CSV file with a header.");
    }
  }

  private static <T> T convert(Path file, CSVRecord record, Function<CSVRecord, T> row) {
    try {
      return row.apply(record);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FleetException(
          "%s, record %d: %s. Expected the columns of the public GPU trace."
              .formatted(file, record.getRecordNumber(), e.getMessage()));
    }
  }
}
