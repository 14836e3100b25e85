package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** The distinct shapes of a gang, and how many members have each. */
record Classes(List<Shape> shapes, List<Integer> counts) {
  static Classes of(List<Shape> members) {
    List<Shape> shapes = List.copyOf(new LinkedHashSet<>(members));
    return new Classes(
        shapes, shapes.stream().map(shape -> Collections.frequency(members, shape)).toList());
  }

  int size() {
    return shapes.size();
  }

  int members() {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** Its members have one shape and lie on one node each. */
  boolean uniform() {
    return size() == 1 && !(shapes.getFirst().accelerator() instanceof TpuSlice);
  }
}
