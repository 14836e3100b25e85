package dev.berth.agent.devices.nvidia;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what nvidia-smi prints. */
final class SmiText {
  private static final Pattern PROFILE =
      Pattern.compile("\\|\\s+(\\d+)\\s+MIG (\\S+)\\s+(\\d+)\\s+(\\d+)/(\\d+)\\s+([\\d.]+)\\s+.*");
  private static final Pattern PLACEMENT =
      Pattern.compile("GPU\\s+(\\d+) Profile ID\\s+(\\d+) Placements?\\s*: \\{([\\d, ]*)}:(\\d+)");
  private static final Pattern INSTANCE =
      Pattern.compile("\\|\\s+(\\d+)\\s+MIG (\\S+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+):(\\d+)\\s+\\|");
  private static final Pattern CREATED =
      Pattern.compile("Successfully created GPU instance ID\\s+(\\d+) on GPU\\s+(\\d+)");
  private static final Pattern LISTED_GPU = Pattern.compile("GPU (\\d+): .*\\(UUID: (GPU-\\S+)\\)");
  private static final Pattern LISTED_MIG =
      Pattern.compile("\\s+MIG \\S+\\s+Device\\s+(\\d+): \\(UUID: (MIG-\\S+)\\)");

  private SmiText() {}

  /** A row of --query-gpu=index,uuid,name,memory.total,mig.mode.current (csv,noheader,nounits). */
  record Gpu(int index, String uuid, String product, long memoryMib, boolean mig) {}

  /** A row of mig -lgip. */
  record Profile(int gpu, String name, int id, int total, long memoryMib) {}

  /** A line of mig -lgipp. */
  record Placement(int gpu, int profileId, List<Integer> starts, int size) {}

  /** A row of mig -lgi. */
  record Instance(int gpu, String profile, int profileId, int id, int start) {}

  static List<Gpu> gpus(String csv) {
    return csv.lines()
        .map(l -> l.split(",\\s*", -1))
        .filter(f -> f.length >= 5)
        .map(
            f ->
                new Gpu(
                    Integer.parseInt(f[0].strip()),
                    f[1],
                    f[2],
                    Long.parseLong(f[3].strip()),
                    f[4].strip().equals("Enabled")))
        .toList();
  }

  static List<Profile> profiles(String table) {
    return matches(PROFILE, table).stream()
        .map(
            m ->
                new Profile(
                    number(m, 1),
                    m.group(2),
                    number(m, 3),
                    number(m, 5),
                    Math.round(Double.parseDouble(m.group(6)) * 1024)))
        .toList();
  }

  static List<Placement> placements(String text) {
    return matches(PLACEMENT, text).stream()
        .map(m -> new Placement(number(m, 1), number(m, 2), starts(m.group(3)), number(m, 4)))
        .toList();
  }

  private static List<Integer> starts(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  static List<Instance> instances(String table) {
    return matches(INSTANCE, table).stream()
        .map(m -> new Instance(number(m, 1), m.group(2), number(m, 3), number(m, 4), number(m, 5)))
        .toList();
  }

  static Optional<Integer> createdInstance(String text) {
    return matches(CREATED, text).stream().findFirst().map(m -> number(m, 1));
  }

  /** MIG UUIDs of nvidia-smi -L: by GPU index, by MIG device index. */
  static Map<Integer, Map<Integer, String>> migUuids(String list) {
    Map<Integer, Map<Integer, String>> all = new TreeMap<>();
    int gpu = -1;
    for (String line : list.lines().toList()) {
      Matcher card = LISTED_GPU.matcher(line);
      Matcher mig = LISTED_MIG.matcher(line);
      if (card.find()) {
        gpu = number(card, 1);
      } else if (mig.find()) {
        all.computeIfAbsent(gpu, g -> new HashMap<>()).put(number(mig, 1), mig.group(2));
      }
    }
    return all;
  }

  private static List<Matcher> matches(Pattern pattern, String text) {
    List<Matcher> found = new ArrayList<>();
    text.lines().map(pattern::matcher).filter(Matcher::find).forEach(found::add);
    return found;
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
