package dev.berth.scheduler.zerogpu;

import dev.berth.turns.quota.QuotaEffect;
import dev.berth.turns.quota.QuotaEvent;
import java.util.List;

/** Hears what was decided and is durable; {@code nanos} from its arrival. */
@FunctionalInterface
public interface QuotaObserver {
  void decided(QuotaEvent event, List<QuotaEffect> effects, long nanos);
}
