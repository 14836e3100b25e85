package dev.berth.scheduler.core.quota;

import java.util.List;

/**
 * The quotas as published. Past use counts half after {@code halfLifeNanos}, 0 = the past does not
 * count; an owner whose placement was taken back is spared for {@code coolDownNanos}.
 */
public record Quotas(List<QuotaNode> nodes, long halfLifeNanos, long coolDownNanos) {
  public static final long COOL_DOWN_NANOS = 600_000_000_000L;
  public static final Quotas NONE = new Quotas(List.of(), 0, COOL_DOWN_NANOS);

  public Quotas {
    nodes = List.copyOf(nodes);
  }
}
