package dev.berth.hub.pricing;

import dev.berth.hub.metering.HeldDay;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices the days of one lease. Pure: the same days and the same price give the same lines bit for
 * bit.
 *
 * <p>The accrual of a day is exact in micro-USD · ns (held nanoseconds times price per hour). It is
 * divided by the nanoseconds of an hour and rounded half-even once, at the line; what rounding took
 * or gave is carried to the lease's next line. So the lines of a lease never differ from its exact
 * accrual by more than half a micro-USD, however many days it runs.
 */
public final class Rating {
  private static final BigInteger HOUR_NANOS = BigInteger.valueOf(Duration.ofHours(1).toNanos());

  private Rating() {}

  /**
   * One line for each of {@code days}, which must be all days of the lease in ascending order.
   *
   * @param microUsdPerHour price of the lease's flavor in the catalog version it was placed with
   */
  public static List<RatedDay> rate(List<HeldDay> days, long microUsdPerHour) {
    BigInteger price = BigInteger.valueOf(microUsdPerHour);
    BigInteger carry = BigInteger.ZERO;
    List<RatedDay> lines = new ArrayList<>(days.size());
    for (HeldDay day : days) {
      BigInteger accrued = BigInteger.valueOf(day.heldNanos()).multiply(price).add(carry);
      BigInteger microUsd = divideHalfEven(accrued, HOUR_NANOS);
      carry = accrued.subtract(microUsd.multiply(HOUR_NANOS));
      lines.add(new RatedDay(day.day(), day.heldNanos(), microUsd.longValueExact()));
    }
    return List.copyOf(lines);
  }

  private static BigInteger divideHalfEven(BigInteger dividend, BigInteger divisor) {
    BigInteger remainder = dividend.mod(divisor);
    BigInteger floor = dividend.subtract(remainder).divide(divisor);
    int half = remainder.shiftLeft(1).compareTo(divisor);
    boolean up = half > 0 || (half == 0 && floor.testBit(0));
    return up ? floor.add(BigInteger.ONE) : floor;
  }
}
