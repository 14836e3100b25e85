package dev.berth.crds;

import java.util.List;

/** Place in the queue (1 = next) and why, one sentence for each reason. */
public record Waiting(int position, List<String> reasons) {
  public Waiting {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }
}
