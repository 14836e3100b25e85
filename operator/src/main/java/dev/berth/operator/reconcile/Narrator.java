package dev.berth.operator.reconcile;

import dev.berth.operator.metrics.OperatorMetrics;
import dev.berth.operator.status.Phase;
import dev.berth.operator.status.Verdict;
import dev.berth.operator.workload.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells changes of phase: to the log, to the metrics and as Kubernetes events. */
final class Narrator {
  private static final Logger LOG = LoggerFactory.getLogger(Narrator.class);

  private final Events events;
  private final OperatorMetrics metrics;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** {@code startingSince} is when the revision that is coming up was first seen. */
  private record Known(Phase phase, String reason, String revision, Instant startingSince) {}

  Narrator(Events events, OperatorMetrics metrics) {
    this.events = events;
    this.metrics = metrics;
  }

  /** {@code restored}: the status said so already before this process looked first. */
  void tell(Identity id, Turn turn, String named, boolean restored) {
    Verdict verdict = turn.assessment().verdict();
    String revision = turn.assessment().wanted().orElse("");
    @Nullable Known before = known.get(id.uid());
    boolean sameRevision = before != null && before.revision().equals(revision);
    Instant since = before != null && sameRevision ? before.startingSince() : turn.at();
    known.put(id.uid(), new Known(verdict.phase(), verdict.reason(), revision, since));
    if (before == null || before.phase() != verdict.phase()) {
      Optional.ofNullable(before)
          .ifPresent(b -> metrics.phaseLeft(id.kind().token(), b.phase().name()));
      metrics.phaseEntered(id.kind().token(), verdict.phase().name());
    }
    boolean old = before == null ? restored : same(before, verdict);
    if (old || verdict.reason().equals(Verdict.PLACING)) {
      return;
    }
    if (verdict.phase() == Phase.RUNNING && before != null) {
      metrics.started(id.kind().token(), Duration.between(since, turn.at()));
    }
    log(id, named, verdict);
    events.entered(id, named, verdict);
  }

  private static boolean same(Known before, Verdict verdict) {
    return before.phase() == verdict.phase() && before.reason().equals(verdict.reason());
  }

  private static void log(Identity id, String named, Verdict verdict) {
    LOG.atInfo()
        .addKeyValue("kind", id.kind().kind())
        .addKeyValue("namespace", id.namespace())
        .addKeyValue("name", id.name())
        .addKeyValue("stage", named)
        .addKeyValue("reason", verdict.reason())
        .addKeyValue("message", verdict.message())
        .log("Workload changed.");
  }

  void forget(Identity id) {
    Optional.ofNullable(known.remove(id.uid()))
        .ifPresent(k -> metrics.phaseLeft(id.kind().token(), k.phase().name()));
  }
}
