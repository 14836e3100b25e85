package dev.berth.hub.usage;

import dev.berth.hub.metering.HeldDay;
import dev.berth.hub.pricing.RatedDay;
import dev.berth.hub.pricing.Rating;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All days of one lease in ascending order, and the price it was placed at, in micro-USD an hour
 * (null: not known yet).
 */
public record LeaseDays(
    LeaseKey lease,
    String account,
    String owner,
    String flavor,
    String catalogVersion,
    @Nullable Long microUsdPerHour,
    List<HeldDay> days) {

  /** One line a day, rated if there is a price. Pure. */
  public List<UsageLine> lines() {
    List<UsageLine> lines = new ArrayList<>(days.size());
    if (microUsdPerHour == null) {
      days.forEach(day -> lines.add(line(day, null)));
    } else {
      for (RatedDay day : Rating.rate(days, microUsdPerHour)) {
        lines.add(line(new HeldDay(day.day(), day.heldNanos()), day.microUsd()));
      }
    }
    return lines;
  }

  private UsageLine line(HeldDay day, @Nullable Long microUsd) {
    return new UsageLine(
        lease, account, owner, flavor, catalogVersion, day.day(), day.heldNanos(), microUsd);
  }
}
