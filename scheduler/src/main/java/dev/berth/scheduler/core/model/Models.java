package dev.berth.scheduler.core.model;

import java.util.List;

/** GPU models that would do, in alphabetical order; none named means that any will do. */
public record Models(List<String> names) {
  public static final Models ANY = new Models(List.of());

  public Models {
    names = names.stream().distinct().sorted().toList();
  }

  public static Models of(String... names) {
    return new Models(List.of(names));
  }

  public boolean allows(String model) {
    return names.isEmpty() || names.contains(model);
  }

  /** For people: "T4-16", "A100-80 or H100-80", "any GPU". */
  @Override
  public String toString() {
    return names.isEmpty() ? "any GPU" : String.join(" or ", names);
  }
}
