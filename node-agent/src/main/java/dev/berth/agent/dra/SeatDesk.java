package dev.berth.agent.dra;

import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import java.util.Optional;
import java.util.Set;

/** Gives and takes back ZeroGPU seats. */
public interface SeatDesk {
  /** A node whose cards are not shared by turns. */
  SeatDesk NONE =
      new SeatDesk() {
        @Override
        public Optional<SeatEdits> open(Grant grant, PreparedClaim claim, String podUid) {
          return Optional.empty();
        }

        @Override
        public void close(String claimUid) {}

        @Override
        public void closeAllBut(Set<String> claimUids) {}
      };

  /** The same answer for the same claim; empty where no seats are given. */
  Optional<SeatEdits> open(Grant grant, PreparedClaim claim, String podUid);

  /** Ends what the seat has; one that is not known is closed already. */
  void close(String claimUid);

  void closeAllBut(Set<String> claimUids);
}
