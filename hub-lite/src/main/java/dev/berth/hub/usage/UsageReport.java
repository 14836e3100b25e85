package dev.berth.hub.usage;

import java.util.List;
import java.util.TreeMap;

/** The answer to a question about usage; {@code total} is the sum of the rows. */
public record UsageReport(Grouping group, List<UsageRow> rows, Amount total) {

  /** Sums lines up. Pure. */
  public static UsageReport of(Grouping group, List<UsageLine> lines) {
    TreeMap<UsageRow.Key, Amount> sums = new TreeMap<>();
    Amount total = Amount.NONE;
    for (UsageLine line : lines) {
      Amount amount = Amount.of(line);
      sums.merge(group.key(line), amount, Amount::plus);
      total = total.plus(amount);
    }
    List<UsageRow> rows =
        sums.entrySet().stream().map(e -> new UsageRow(e.getKey(), e.getValue())).toList();
    return new UsageReport(group, rows, total);
  }
}
