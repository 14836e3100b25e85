package dev.berth.e2e.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a turn that is over had its devices, in its node's journal time. */
public record TurnSpan(String node, String turn, List<String> devices, long from, long to) {

  /** One sentence for each device that two of the turns had at once. */
  static List<String> overlaps(List<TurnSpan> spans) {
    Map<String, TurnSpan> last = new HashMap<>();
    List<String> overlaps = new ArrayList<>();
    for (var span : spans.stream().sorted(Comparator.comparingLong(TurnSpan::from)).toList()) {
      for (var device : span.devices()) {
        var before = last.get(span.node() + "/" + device);
        if (before != null && before.to() > span.from()) {
          overlaps.add(
              "Device %s on %s: turn %s began %d ns before turn %s ended"
                  .formatted(
                      device, span.node(), span.turn(), before.to() - span.from(), before.turn()));
        }
        if (before == null || before.to() < span.to()) {
          last.put(span.node() + "/" + device, span);
        }
      }
    }
    return overlaps;
  }
}
