package dev.berth.e2e.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.turns.v1.QuotaStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** From what the witnesses answer to books of turns. Pure. */
public final class TurnBooksReader {
  private TurnBooksReader() {}

  /**
   * @param before quotas, read before the pages
   * @param pages of all nodes whose devices turns share
   * @param after quotas, read after the pages
   * @param credits of the hub
   */
  public static TurnBooks of(
      List<QuotaStatus> before,
      List<JsonNode> pages,
      List<QuotaStatus> after,
      JsonNode credits,
      long microUsdPerMinute) {
    if (pages.isEmpty()) {
      return TurnBooks.NONE;
    }
    return new TurnBooks(
        pages.stream().flatMap(page -> items(page, "devices").map(d -> device(page, d))).toList(),
        pages.stream().flatMap(page -> items(page, "done").map(t -> span(page, t))).toList(),
        pages.stream().flatMap(page -> items(page, "turns").map(t -> running(page, t))).toList(),
        visitors(before, pages, after),
        stream(credits).map(TurnBooksReader::credit).toList(),
        pages.stream().anyMatch(page -> !page.path("allowances").isEmpty()),
        microUsdPerMinute);
  }

  private static SharedDeviceTime device(JsonNode page, JsonNode d) {
    return new SharedDeviceTime(
        node(page),
        d.path("name").asText(),
        d.path("card").asText(),
        d.path("model").asText(),
        d.path("heldNanos").asLong(),
        d.path("idleNanos").asLong(),
        d.path("wallNanos").asLong(),
        d.path("clashes").asInt(),
        d.path("loan").asText("shared"));
  }

  private static TurnSpan span(JsonNode page, JsonNode t) {
    long to = t.path("releasedAtNanos").asLong();
    return new TurnSpan(
        node(page), t.path("turn").asText(), names(t), to - t.path("measuredNanos").asLong(), to);
  }

  private static TurnBooks.Running running(JsonNode page, JsonNode t) {
    return new TurnBooks.Running(node(page), t.path("turn").asText(), names(t));
  }

  private static CreditBook credit(JsonNode c) {
    return new CreditBook(
        c.path("account").asText(),
        c.path("paid_in").asLong(),
        c.path("charged").asLong(),
        c.path("balance").asLong(),
        c.path("open_draws").asLong(),
        c.path("reserved").asLong());
  }

  private record Window(String visitor, long end) {}

  /** A window that the scheduler has forgotten is nobody's claim any more. */
  private static List<VisitorTime> visitors(
      List<QuotaStatus> before, List<JsonNode> pages, List<QuotaStatus> after) {
    Map<Window, Long> taken = new HashMap<>();
    TreeSet<String> holding = new TreeSet<>();
    for (var page : pages) {
      items(page, "spent")
          .forEach(
              s ->
                  taken.merge(
                      new Window(s.path("account").asText(), s.path("windowEndUnixNanos").asLong()),
                      s.path("nanos").asLong(),
                      Long::sum));
      items(page, "allowances").map(a -> a.path("account").asText()).forEach(holding::add);
    }
    Map<Window, QuotaStatus> earlier = new HashMap<>();
    before.forEach(q -> earlier.put(window(q), q));
    return after.stream()
        .map(
            q ->
                new VisitorTime(
                    q.getVisitor(),
                    taken.getOrDefault(window(q), 0L),
                    used(earlier.getOrDefault(window(q), QuotaStatus.getDefaultInstance())),
                    used(q),
                    q.getRunsUsed(),
                    q.getOverquotaNanos(),
                    !holding.contains(q.getVisitor())))
        .toList();
  }

  private static Window window(QuotaStatus q) {
    return new Window(q.getVisitor(), q.getResetsUnixNanos());
  }

  private static long used(QuotaStatus q) {
    return q.getUsedNanos() + q.getOverquotaNanos();
  }

  private static String node(JsonNode page) {
    return page.path("node").asText();
  }

  private static List<String> names(JsonNode turn) {
    return items(turn, "devices").map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> items(JsonNode document, String list) {
    return stream(document.path(list));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
