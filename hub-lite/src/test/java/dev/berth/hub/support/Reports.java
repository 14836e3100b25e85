package dev.berth.hub.support;

import dev.berth.api.metering.v1.DeviceTimeline;
import dev.berth.api.metering.v1.LeaseUsage;
import dev.berth.api.metering.v1.UsageReport;
import java.time.Instant;

/** Reports of one node with one lease, as an agent would write them. */
public final class Reports {
  public static final long SECOND = 1_000_000_000L;

  /** Noon of 24 November 2026, UTC. */
  public static final long START = Instant.parse("2026-11-24T12:00:00Z").getEpochSecond() * SECOND;

  private Reports() {}

  /**
   * Report {@code seq} of {@code journal}: its lease has been held for {@code heldSeconds} since
   * START.
   */
  public static UsageReport.Builder report(String journal, long seq, long heldSeconds) {
    return UsageReport.newBuilder()
        .setNode("node-1")
        .setJournalId(journal)
        .setSeq(seq)
        .setWallUnixNanos(START + heldSeconds * SECOND)
        .addLeases(lease("demo#0", heldSeconds))
        .addDevices(device(heldSeconds));
  }

  public static LeaseUsage.Builder lease(String id, long heldSeconds) {
    return LeaseUsage.newBuilder()
        .setLeaseId(id)
        .setEpoch(1)
        .setAccount("acme")
        .setOwner("Space acme/demo")
        .setFlavor("t4-small")
        .setCatalogVersion("2026-11")
        .addDevices("gpu-0")
        .setHeldNanos(heldSeconds * SECOND)
        .setStartedUnixNanos(START)
        .setUntilUnixNanos(START + heldSeconds * SECOND);
  }

  private static DeviceTimeline device(long heldSeconds) {
    return DeviceTimeline.newBuilder()
        .setDevice("gpu-0")
        .setModel("T4-16")
        .setHeldNanos(heldSeconds * SECOND)
        .setIdleNanos(5 * SECOND)
        .setWallNanos((heldSeconds + 5) * SECOND)
        .addHeldBy("demo#0")
        .build();
  }
}
