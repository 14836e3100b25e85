package dev.berth.hub.usage;

import java.util.List;

/** What was used and what that costs, from committed usage. */
public interface Usage {
  /** Rated lines in order of lease and day. */
  List<UsageLine> lines(UsageFilter filter);

  /** One consistent picture of devices, leases and quarantine. */
  Audit audit();
}
