package dev.berth.hub.usage;

import dev.berth.hub.credits.Balance;
import dev.berth.hub.pricing.MicroUsd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plain billing page: usage by account, resource and day, and for admins the conservation
 * check.
 */
final class BillingPage {
  private static final String AMOUNTS = "#Held (h:m:s)";

  private BillingPage() {}

  /**
   * {@code credits} is null when no single account is shown, {@code audit} for callers who may not
   * see devices.
   */
  static String render(
      UsageFilter filter, List<UsageLine> lines, @Nullable Balance credits, @Nullable Audit audit) {
    Amount total = UsageReport.of(Grouping.ACCOUNT, lines).total();
    String body =
        form(filter)
            + summary(total)
            + (credits == null ? "" : prepaid(credits))
            + section("By account", Grouping.ACCOUNT, lines)
            + section("By resource", Grouping.RESOURCE, lines)
            + section("By day (UTC)", Grouping.DAY, lines)
            + (audit == null ? "" : ConservationSection.render(audit));
    return PageFrame.of("Usage and billing", body);
  }

  private static String form(UsageFilter filter) {
    return """
        <form method="get" action="/billing">
        <label>Account <input name="account" value="%s"></label>
        <label>From <input type="date" name="from" value="%s"></label>
        <label>To <input type="date" name="to" value="%s"></label>
        <button>Show</button></form>
        """
        .formatted(value(filter.account()), value(filter.from()), value(filter.to()));
  }

  private static String value(@Nullable Object value) {
    return value == null ? "" : Html.escape(value.toString());
  }

  private static String summary(Amount total) {
    String unrated =
        total.unratedNs() == 0
            ? ""
            : " <strong>%s of it has no price yet.</strong>"
                .formatted(HeldTime.format(total.unratedNs()));
    return "<p class=\"sum\"><b>%s</b> for %s held.%s</p>%n"
        .formatted(MicroUsd.format(total.microUsd()), HeldTime.format(total.heldNs()), unrated);
  }

  private static String prepaid(Balance credits) {
    return "<p>Prepaid credits: <b>%s</b>, of which %s is reserved for ZeroGPU turns.</p>%n"
        .formatted(
            MicroUsd.format(credits.balanceMicroUsd()),
            MicroUsd.format(credits.reservedMicroUsd()));
  }

  private static String section(String title, Grouping group, List<UsageLine> lines) {
    UsageReport report = UsageReport.of(group, lines);
    List<String> head = new ArrayList<>(names(group));
    List<String> foot = new ArrayList<>(names(group).stream().map(name -> "").toList());
    foot.set(0, "Total");
    head.addAll(List.of("Flavor", "Catalog", AMOUNTS, "#Amount", "#Without price"));
    foot.addAll(List.of("", ""));
    foot.addAll(cells(report.total()));
    List<List<String>> rows = report.rows().stream().map(BillingPage::cells).toList();
    return "<h2>"
        + title
        + "</h2>\n"
        + (rows.isEmpty() ? "<p>Nothing used.</p>\n" : Html.table(head, rows, foot));
  }

  private static List<String> names(Grouping group) {
    return switch (group) {
      case ACCOUNT -> List.of("Account");
      case RESOURCE -> List.of("Account", "Resource");
      case DAY -> List.of("Day");
    };
  }

  private static List<String> cells(UsageRow row) {
    UsageRow.Key key = row.key();
    List<String> cells = new ArrayList<>();
    for (String part : new @Nullable String[] {key.day(), key.account(), key.owner()}) {
      if (part != null) {
        cells.add(part);
      }
    }
    cells.addAll(List.of(key.flavor(), key.catalogVersion()));
    cells.addAll(cells(row.amount()));
    return cells;
  }

  private static List<String> cells(Amount amount) {
    boolean nothingRated = amount.unratedNs() == amount.heldNs() && amount.heldNs() > 0;
    return List.of(
        HeldTime.format(amount.heldNs()),
        nothingRated ? "no price yet" : MicroUsd.format(amount.microUsd()),
        amount.unratedNs() == 0 ? "" : HeldTime.format(amount.unratedNs()));
  }
}
