package dev.berth.operator.resolve;

import dev.berth.crds.FlavorSpec;
import dev.berth.operator.resolve.Resolution.Unresolved;
import dev.berth.operator.workload.HardwareWish;
import dev.berth.operator.workload.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the flavor that a workload names. */
final class FlavorChoice {
  private final Catalog catalog;

  FlavorChoice(Catalog catalog) {
    this.catalog = catalog;
  }

  sealed interface Choice {
    record Yes(Catalog.Entry entry, List<String> warnings) implements Choice {}

    record No(Unresolved why) implements Choice {}
  }

  Choice choose(Workload workload) {
    return choose(workload, workload.wish().hardware());
  }

  /** A flavor that the workload may run on instead. */
  Choice fallback(Workload workload, String name) {
    return choose(workload, new HardwareWish.ByName(name));
  }

  private Choice choose(Workload workload, HardwareWish wish) {
    List<Catalog.Entry> all = catalog.all();
    Optional<Catalog.Entry> found =
        all.stream()
            .filter(entry -> matches(wish, entry))
            .min(Comparator.comparing(Catalog.Entry::name));
    return found
        .map(entry -> admit(workload, entry))
        .orElseGet(() -> new Choice.No(unknown(workload, wish, all)));
  }

  private static boolean matches(HardwareWish wish, Catalog.Entry entry) {
    FlavorSpec spec = entry.spec();
    return switch (wish) {
      case HardwareWish.ByName byName -> entry.name().equals(byName.flavor());
      case HardwareWish.ByInstance by ->
          by.vendor().equals(spec.vendor())
              && by.instanceType().equals(spec.instanceType())
              && by.instanceSize().equals(spec.instanceSize())
              && (by.region().isEmpty() || by.region().equals(spec.region()));
    };
  }

  private static Choice admit(Workload workload, Catalog.Entry entry) {
    FlavorSpec spec = entry.spec();
    if (!spec.availableFor().contains(workload.identity().kind().product())) {
      return new Choice.No(notAvailable(workload, entry));
    }
    return new Choice.Yes(
        entry, spec.deprecatedAt() == null ? List.of() : List.of(deprecated(entry)));
  }

  private static Unresolved notAvailable(Workload workload, Catalog.Entry entry) {
    return new Unresolved(
        "FlavorNotAvailable",
        "flavor '%s' is not offered for %s, only for %s%s; see: kubectl get flavors"
            .formatted(
                entry.name(),
                workload.identity().kind().product(),
                entry.spec().availableFor(),
                entry.spec().note() == null ? "" : " (" + entry.spec().note() + ")"));
  }

  private static String deprecated(Catalog.Entry entry) {
    return "flavor '%s' is deprecated since %s%s"
        .formatted(
            entry.name(),
            entry.spec().deprecatedAt(),
            entry.spec().note() == null ? "" : ": " + entry.spec().note());
  }

  private static Unresolved unknown(Workload workload, HardwareWish wish, List<Catalog.Entry> all) {
    String asked = asked(wish);
    List<String> names =
        all.stream()
            .filter(e -> e.spec().availableFor().contains(workload.identity().kind().product()))
            .map(Catalog.Entry::name)
            .toList();
    return new Unresolved(
        "UnknownFlavor",
        "flavor '%s' is not in the catalog; near names: %s; see: kubectl get flavors"
            .formatted(asked, String.join(", ", NearNames.of(asked, names))));
  }

  private static String asked(HardwareWish wish) {
    return switch (wish) {
      case HardwareWish.ByName byName -> byName.flavor();
      case HardwareWish.ByInstance by ->
          by.vendor() + " " + by.instanceType() + " " + by.instanceSize();
    };
  }
}
