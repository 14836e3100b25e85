package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Card;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.MigProfile;
import dev.berth.scheduler.core.model.Torus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Cards and nodes for tests, from the MIG data of all card types. */
public final class Hardware {
  public static final Map<String, List<MigProfile>> MIG = read();

  private Hardware() {}

  public static Card card(int index, String model, String linkGroup) {
    List<MigProfile> profiles = MIG.getOrDefault(model, List.of());
    int units = profiles.stream().mapToInt(MigProfile::memoryUnits).max().orElse(0);
    int compute = profiles.stream().mapToInt(MigProfile::computeSlices).max().orElse(0);
    long memory = profiles.stream().mapToLong(MigProfile::memoryMib).max().orElse(15_360);
    return new Card(
        index, "GPU-" + index, model, memory, linkGroup, true, units, compute, profiles);
  }

  /** A node with {@code count} cards; each {@code groupSize} of them share an NVLink group. */
  public static Inventory gpus(String model, int count, int groupSize) {
    List<Card> cards =
        IntStream.range(0, count)
            .mapToObj(i -> card(i, model, groupSize == 0 ? "" : "nvlink-" + i / groupSize))
            .toList();
    return new Inventory(64_000, 512_000, 4, 2, cards, List.of());
  }

  public static Inventory tpu(String generation, int x, int y) {
    Torus torus = new Torus(generation, x, y, 1, 16_384, Set.of());
    return new Inventory(64_000, 512_000, 1, 1, List.of(), List.of(torus));
  }

  public static Inventory cpu(long milli, long memoryMib) {
    return new Inventory(milli, memoryMib, 16, 4, List.of(), List.of());
  }

  private static Map<String, List<MigProfile>> read() {
    Map<String, List<MigProfile>> byModel = new TreeMap<>();
    try (InputStream in = Hardware.class.getResourceAsStream("/mig-profiles.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, byModel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return byModel;
  }

  private static void add(String line, Map<String, List<MigProfile>> byModel) {
    List<String> f = Arrays.asList(line.split(",", -1));
    List<Integer> starts = Arrays.stream(f.get(6).split("\\|")).map(Integer::valueOf).toList();
    byModel
        .computeIfAbsent(f.get(0), model -> new ArrayList<>())
        .add(
            new MigProfile(
                f.get(1),
                Integer.parseInt(f.get(2)),
                Integer.parseInt(f.get(4)),
                Integer.parseInt(f.get(5)),
                starts,
                Integer.parseInt(f.get(3)),
                Long.parseLong(f.get(7)),
                Boolean.parseBoolean(f.get(8))));
  }
}
