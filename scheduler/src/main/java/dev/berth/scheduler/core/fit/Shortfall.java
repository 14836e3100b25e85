package dev.berth.scheduler.core.fit;

import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Topology.Level;

/**
 * Why the members did not all fit. {@code fits} of {@code asked} members fit in the best domain of
 * {@code level}; the domain's name is empty when it is the whole fleet.
 */
public sealed interface Shortfall {
  Level level();

  String domain();

  int fits();

  int asked();

  /** No placement exists now; {@code fits} is an upper bound, exact for members of one shape. */
  record Proved(Level level, String domain, int fits, int asked) implements Shortfall {}

  /** None was found within the budget of the search, but none is excluded. */
  record NotFound(Level level, String domain, int fits, int asked) implements Shortfall {}

  /** After trying member by member: only a first member that fits nowhere proves anything. */
  static Shortfall of(Request request, int member) {
    int asked = request.members().size();
    return member == 0 && asked == 1
        ? new Proved(Level.ANY, "", 0, asked)
        : new NotFound(Level.ANY, "", member, asked);
  }
}
