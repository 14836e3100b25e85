package dev.berth.scheduler.zerogpu;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A placement id as the owners of seats write it: {@code <owner>/<revision>/<slot>.<nonce>}.
 * Placements with other ids are let be.
 */
record SeatId(String owner, String revision, int slot) {
  private static final Pattern FORM = Pattern.compile("(.+)/([^/]+)/(\\d{1,4})\\.[^/]+");

  static Optional<SeatId> parse(String placement) {
    Matcher m = FORM.matcher(placement);
    return m.matches()
        ? Optional.of(new SeatId(m.group(1), m.group(2), Integer.parseInt(m.group(3))))
        : Optional.empty();
  }

  /** Whether both are seats of one revision of one owner. */
  boolean beside(SeatId other) {
    return owner.equals(other.owner) && revision.equals(other.revision);
  }
}
