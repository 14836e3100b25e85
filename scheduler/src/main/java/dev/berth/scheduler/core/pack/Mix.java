package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The typical demand: shapes and how often each is asked for. Empty when nothing is known. */
public record Mix(List<Entry> entries) {
  public static final Mix UNKNOWN = new Mix(List.of());

  /** {@code weight} requests in {@link Mix#weight()}. */
  public record Entry(Shape shape, long weight) {}

  public Mix {
    entries = List.copyOf(entries);
  }

  /** Counts equal shapes. The order of the entries depends on the shapes alone. */
  public static Mix of(List<Shape> shapes) {
    return of(
        shapes.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
  }

  public static Mix of(Map<Shape, Long> counts) {
    Map<String, Entry> ordered = new TreeMap<>();
    counts.forEach((shape, count) -> ordered.put(shape.toString(), new Entry(shape, count)));
    return new Mix(List.copyOf(ordered.values()));
  }

  public long weight() {
    return entries.stream().mapToLong(Entry::weight).sum();
  }
}
