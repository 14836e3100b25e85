package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.fit.Shortfall;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.ReasonCode;
import dev.berth.scheduler.core.model.Topology.Level;
import java.util.List;

/** What keeps the members of a gang from fitting together. */
final class GangReasons {
  private GangReasons() {}

  /** Empty when it is not about being together: the shape that does not fit says it all. */
  static List<Reason> of(Shortfall why) {
    boolean together = why.asked() > 1 && why.fits() > 0;
    return together || why.level() != Level.ANY ? List.of(reason(why)) : List.of();
  }

  private static Reason reason(Shortfall why) {
    return switch (why) {
      case Shortfall.Proved proved ->
          reason(
              ReasonCode.GANG_INCOMPLETE,
              "%s; a gang is placed all or nothing, and no other choice of nodes helps now. Ask for fewer members or wait."
                  .formatted(fits("At most ", proved)),
              proved);
      case Shortfall.NotFound found ->
          reason(
              ReasonCode.NOT_FOUND_IN_BUDGET,
              "%s in the best placement that was found; the search gave up, so another one may exist. Ask for members of one shape or wait."
                  .formatted(fits("", found)),
              found);
    };
  }

  private static String fits(String bound, Shortfall why) {
    String members = bound + why.fits() + " of " + why.asked() + " members fit now";
    return members + place(why.level(), why.domain());
  }

  /** " in one rack (best: r3)"; empty for the whole fleet. */
  static String place(Level level, String domain) {
    return switch (level) {
      case ANY -> "";
      case REGION -> in("region", domain);
      case ZONE -> in("zone", domain);
      case BLOCK -> in("block", domain);
      case RACK -> in("rack", domain);
      case NVLINK_DOMAIN -> in("NVLink domain", domain);
      case NODE -> in("node", domain);
    };
  }

  private static String in(String level, String domain) {
    return " in one "
        + level
        + (domain.isEmpty() ? ", for no node says where it stands" : " (best: " + domain + ")");
  }

  private static Reason reason(ReasonCode code, String message, Shortfall why) {
    return new Reason(code, message, why.asked(), why.fits(), why.asked(), "member", "gang", 0);
  }
}
