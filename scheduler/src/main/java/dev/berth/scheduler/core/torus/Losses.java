package dev.berth.scheduler.core.torus;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many free slices a placement spoils, by their volume; the largest counts first. */
record Losses(NavigableMap<Integer, Integer> byVolume) implements Comparable<Losses> {
  static Losses of(List<FreeBoxes> free, Box taken) {
    NavigableMap<Integer, Integer> lost = new TreeMap<>();
    for (FreeBoxes boxes : free) {
      int touching = boxes.touching(taken);
      if (touching > 0) {
        lost.merge(boxes.size().volume(), touching, Integer::sum);
      }
    }
    return new Losses(lost);
  }

  /** Walks both from the largest volume; where one has none, it lost less. */
  @Override
  public int compareTo(Losses other) {
    var mine = byVolume.descendingMap().entrySet().iterator();
    var others = other.byVolume.descendingMap().entrySet().iterator();
    while (mine.hasNext() && others.hasNext()) {
      var a = mine.next();
      var b = others.next();
      if (!a.getKey().equals(b.getKey())) {
        return a.getKey() < b.getKey() ? -1 : 1;
      }
      if (!a.getValue().equals(b.getValue())) {
        return a.getValue() < b.getValue() ? -1 : 1;
      }
    }
    return Boolean.compare(mine.hasNext(), others.hasNext());
  }
}
