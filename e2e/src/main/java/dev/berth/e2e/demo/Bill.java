package dev.berth.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** Prints what an account used and owes. */
public final class Bill {
  private Bill() {}

  public static void print(String account, JsonNode usage, PrintStream out) {
    out.printf("%nBill of account %s%n", account);
    out.printf("%-24s %-16s %14s %14s%n", "RESOURCE", "FLAVOR", "HELD s", "USD");
    usage.path("rows").forEach(row -> print(row, out));
    out.printf(
        "%-24s %-16s %14.3f %14s%n",
        "total",
        "",
        usage.path("total").path("held_ns").asLong() / 1e9,
        usd(usage.path("total").path("micro_usd").asLong()));
  }

  private static void print(JsonNode row, PrintStream out) {
    out.printf(
        "%-24s %-16s %14.3f %14s%n",
        row.path("owner").asText(),
        row.path("flavor").asText(),
        row.path("held_ns").asLong() / 1e9,
        usd(row.path("micro_usd").asLong()));
  }

  private static String usd(long micro) {
    return "%d.%06d".formatted(micro / 1_000_000, micro % 1_000_000);
  }
}
