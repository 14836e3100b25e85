package dev.berth.operator.resolve;

import dev.berth.crds.FlavorSpec;
import java.util.List;

/** The hardware catalog as it stands. */
public interface Catalog {
  /** All flavors, in no order. */
  List<Entry> all();

  /** A flavor by name. */
  record Entry(String name, FlavorSpec spec) {}
}
