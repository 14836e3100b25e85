package dev.berth.operator.placement;

import dev.berth.operator.workload.OwnerKey;
import dev.berth.operator.workload.WorkloadKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Id of a placement: {@code space/<namespace>/<name>/<uid8>/<revision>/<slot>.<nonce>}. The nonce
 * makes it unique for ever: a lease that was given back can never be prepared again, so a Space
 * that is paused and resumed needs another id.
 */
public record PlacementId(OwnerKey owner, String revision, int slot, String nonce)
    implements Comparable<PlacementId> {
  private static final String MOVE = ".move";
  private static final String RETURN = ".return";
  private static final Pattern FORM =
      Pattern.compile("(space|endpoint)/([^/]+)/([^/]+)/([^/]+)/([^/]+)/(\\d{1,4})\\.([^/]+)");

  /** Empty if the id is not one of ours. */
  public static Optional<PlacementId> parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    WorkloadKind kind = m.group(1).equals("space") ? WorkloadKind.SPACE : WorkloadKind.ENDPOINT;
    OwnerKey owner = new OwnerKey(kind, m.group(2), m.group(3), m.group(4));
    return Optional.of(
        new PlacementId(owner, m.group(5), Integer.parseInt(m.group(6)), m.group(7)));
  }

  /** Where a move of this placement reserves its target; chosen by the scheduler. */
  public PlacementId move() {
    return new PlacementId(owner, revision, slot, nonce + MOVE);
  }

  /** Target of a move, in progress or done. */
  public boolean isMove() {
    return nonce.endsWith(MOVE);
  }

  /** A request to go back from a fallback; {@code nonce} is new. */
  public static PlacementId back(PlacementId from, String nonce) {
    return new PlacementId(from.owner, from.revision, from.slot, nonce + RETURN);
  }

  /** A return from a fallback, in progress or done. */
  public boolean isReturn() {
    return nonce.endsWith(RETURN);
  }

  @Override
  public String toString() {
    return "%s/%s/%s/%s/%s/%d.%s"
        .formatted(
            owner.kind().token(),
            owner.namespace(),
            owner.name(),
            owner.shortUid(),
            revision,
            slot,
            nonce);
  }

  @Override
  public int compareTo(PlacementId other) {
    return toString().compareTo(other.toString());
  }
}
