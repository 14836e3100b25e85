package dev.berth.hub.visitor;

import dev.berth.api.visitor.Visitor;
import io.vertx.core.Future;
import java.util.Optional;

/** Who holds an access token. */
public interface AccountLookup {
  /** Empty if nobody does; fails if that cannot be told now. */
  Future<Optional<Visitor.Account>> holder(String token);
}
