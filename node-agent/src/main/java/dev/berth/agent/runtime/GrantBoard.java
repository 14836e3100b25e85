package dev.berth.agent.runtime;

import dev.berth.agent.core.Grant;
import dev.berth.agent.core.GrantView;
import java.util.Map;

/** What the connected scheduler says is placed here. */
public final class GrantBoard {
  private volatile GrantView view = new GrantView.Unknown();

  public GrantView view() {
    return view;
  }

  public void set(GrantView next) {
    view = next;
  }

  /** By lease; empty until a scheduler has sent its list. */
  public Map<String, Grant> known() {
    return view instanceof GrantView.Known(Map<String, Grant> grants) ? grants : Map.of();
  }

  /** The scheduler's own words on a lease, if it has any. */
  public Grant orElse(Grant claimed) {
    return switch (view) {
      case GrantView.Unknown _ -> claimed;
      case GrantView.Known known -> known.grants().getOrDefault(claimed.leaseId(), claimed);
    };
  }
}
