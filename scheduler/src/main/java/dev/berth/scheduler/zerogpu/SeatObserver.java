package dev.berth.scheduler.zerogpu;

import dev.berth.collect.OrderedMap;
import dev.berth.turns.seats.SeatAdvice;

/** Hears of each look at the seats: what was advised before, and what is now. */
@FunctionalInterface
public interface SeatObserver {
  void advised(OrderedMap<String, SeatAdvice> before, OrderedMap<String, SeatAdvice> after);
}
