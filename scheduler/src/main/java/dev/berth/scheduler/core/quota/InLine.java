package dev.berth.scheduler.core.quota;

import dev.berth.scheduler.core.model.Placement;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The waiting placements of one line, of all from its front on. */
final class InLine implements Iterator<Placement.Waiting> {
  private final Line line;
  private final Iterator<Map.Entry<Line.Place, Placement.Waiting>> all;
  private Placement.@Nullable Waiting next;

  InLine(Line line, Iterator<Map.Entry<Line.Place, Placement.Waiting>> all) {
    this.line = line;
    this.all = all;
    advance();
  }

  private void advance() {
    Map.Entry<Line.Place, Placement.Waiting> entry = all.hasNext() ? all.next() : null;
    next = entry != null && entry.getKey().line().equals(line) ? entry.getValue() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Placement.Waiting next() {
    Placement.Waiting here = next;
    if (here == null) {
      throw new NoSuchElementException();
    }
    advance();
    return here;
  }
}
