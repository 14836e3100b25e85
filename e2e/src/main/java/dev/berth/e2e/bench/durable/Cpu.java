package dev.berth.e2e.bench.durable;

import java.util.Locale;

/** Nanoseconds of processor time: unlike wall time, other programs hardly change it. */
record Cpu(long scheduler, long zooKeeper, long clients) {
  Cpu minus(Cpu before) {
    return new Cpu(
        scheduler - before.scheduler, zooKeeper - before.zooKeeper, clients - before.clients);
  }

  /** Microseconds of each kind of process for each of {@code count}. */
  String each(int count) {
    return String.format(
        Locale.ROOT,
        "%.0f us of processor each (scheduler %.0f, ZooKeeper %.0f, clients and agents %.0f)",
        (scheduler + zooKeeper + clients) / 1e3 / count,
        scheduler / 1e3 / count,
        zooKeeper / 1e3 / count,
        clients / 1e3 / count);
  }
}
