package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.store.PlacementStore;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Planted bugs, each in one place, that the simulation must find. */
enum Mutant implements Wiring {
  RELEASE_FREES_AT_ONCE(core(CoreMutants::releaseFreesAtOnce)),
  FIRST_GONE_FREES_THE_GANG(core(CoreMutants::firstGoneFreesTheGang)),
  GONE_IS_FORGOTTEN(core(CoreMutants::goneIsForgotten)),
  DOUBLE_GRANT(core(CoreMutants::doubleGrant)),
  MIG_OVERLAP(core(CoreMutants::migOverlap)),
  GANG_IN_PART(core(CoreMutants::gangInPart)),
  GANG_STORED_IN_PART(core(CoreMutants::gangStoredInPart)),
  QUEUE_PLACEMENTS_ARE_NOT_STORED(core(CoreMutants::queuePlacementsAreNotStored)),
  REMOVALS_ARE_NOT_STORED(core(CoreMutants::removalsAreNotStored)),
  NODES_ARE_NOT_STORED(core(CoreMutants::nodesAreNotStored)),
  TICK_FORGETS_LOST_NODES(core(CoreMutants::tickForgetsLostNodes)),
  REPEATED_PLACE_IS_PLACED_TWICE(core(CoreMutants::repeatedPlaceIsPlacedTwice)),
  RELEASE_IS_LOST(core(CoreMutants::releaseIsLost)),
  LOST_NODES_ARE_USED(core(CoreMutants::lostNodesAreUsed)),
  UNHEALTHY_DEVICES_ARE_USED(core(CoreMutants::unhealthyDevicesAreUsed)),
  PROCESSOR_IS_NOT_COUNTED(core(CoreMutants::processorIsNotCounted)),
  QUEUE_IS_FORGOTTEN(core(CoreMutants::queueIsForgotten)),
  WAITING_IS_ANSWERED_AS_PLACED(core(CoreMutants::waitingIsAnsweredAsPlaced)),
  PLACED_WITH_AN_OLD_EPOCH(core(CoreMutants::placedWithAnOldEpoch)),
  SECOND_RELEASE_CANCELS(core(CoreMutants::secondReleaseCancels)),

  STORE_IGNORES_THE_FENCE(shared(StoreMutants::ignoresTheFence)),
  STORE_IGNORES_THE_ORDER(shared(StoreMutants::ignoresTheOrder)),
  REFUSED_IS_DURABLE(store(StoreMutants::refusedIsDurable)),
  UNKNOWN_IS_DURABLE(store(StoreMutants::unknownIsDurable)),
  ANSWERS_BEFORE_DURABLE(store(StoreMutants::answersBeforeDurable)),
  ANSWERS_BEFORE_THE_ACK(store(StoreMutants::answersBeforeTheAck)),
  MIXES_UP_ACKS(store(StoreMutants::mixesUpAcks)),
  GOES_ON_AFTER_A_LOST_COMMIT(store(StoreMutants::goesOnAfterALoss)),
  READS_ARE_NOT_FENCED(store(StoreMutants::readsAreNotFenced)),
  TORN_COMMIT(store(StoreMutants::tornCommit)),
  WRITES_TWICE(store(StoreMutants::writesTwice)),
  RESTORE_FORGETS_RELEASING(store(StoreMutants::restoreForgetsReleasing)),
  RESTORE_FORGETS_THE_QUEUE(store(StoreMutants::restoreForgetsTheQueue)),
  RESTORE_FORGETS_GANGS(store(StoreMutants::restoreForgetsGangs)),
  RESTORE_FORGETS_THE_RELEASE(store(StoreMutants::restoreForgetsTheRelease)),
  READS_OLD_CONTENTS(store(StoreMutants::readsOldContents)),
  EPOCH_STAYS(store(StoreMutants::epochStays)),
  BEGINS_NO_TERM(store(StoreMutants::beginsNoTerm)),

  AGENTS_HEAR_NOTHING(telling(effect -> false)),
  AGENT_ACCEPTS_OLD_EPOCHS(flawed(Wiring.AgentFlaw.ACCEPTS_OLD_EPOCHS)),
  AGENT_FORGETS_THE_EPOCH(flawed(Wiring.AgentFlaw.FORGETS_EPOCH)),
  AGENT_FORGETS_ITS_JOURNAL(flawed(Wiring.AgentFlaw.FORGETS_JOURNAL)),
  AGENT_SAYS_GONE_WHILE_DRAINING(flawed(Wiring.AgentFlaw.GONE_WHILE_DRAINING)),
  AGENT_FORGETS_WHAT_IS_GONE(flawed(Wiring.AgentFlaw.FORGETS_GONE)),
  AGENT_FORGETS_UNSEEN_REVOKES(flawed(Wiring.AgentFlaw.FORGETS_UNSEEN)),
  AGENT_SAYS_GONE_ONCE(flawed(Wiring.AgentFlaw.SAYS_GONE_ONCE)),
  AGENT_TRUSTS_OLD_LISTS(flawed(Wiring.AgentFlaw.TRUSTS_OLD_LISTS)),
  AGENT_HEARS_NO_REVOKE(flawed(Wiring.AgentFlaw.HEARS_NO_REVOKE));

  private final Wiring wiring;

  Mutant(Wiring wiring) {
    this.wiring = wiring;
  }

  private static Wiring core(UnaryOperator<Step> bug) {
    return new Wiring() {
      @Override
      public Step core(Step core) {
        return bug.apply(core);
      }
    };
  }

  private static Wiring shared(Function<TruthStore, PlacementStore> bug) {
    return new Wiring() {
      @Override
      public PlacementStore shared(TruthStore store) {
        return bug.apply(store);
      }
    };
  }

  private static Wiring store(BinaryOperator<PlacementStore> bug) {
    return new Wiring() {
      @Override
      public PlacementStore store(PlacementStore store, PlacementStore bare) {
        return bug.apply(store, bare);
      }
    };
  }

  private static Wiring telling(Predicate<Effect> told) {
    return new Wiring() {
      @Override
      public DecisionObserver sessions(DecisionObserver sessions) {
        return new DecisionObserver() {
          @Override
          public void decided(State state, Event event, List<Effect> effects, long nanos) {
            List<Effect> some = effects.stream().filter(told).toList();
            sessions.decided(state, event, some, nanos);
          }

          @Override
          public void settled() {
            sessions.settled();
          }
        };
      }
    };
  }

  private static Wiring flawed(Wiring.AgentFlaw flaw) {
    return new Wiring() {
      @Override
      public boolean agent(Wiring.AgentFlaw asked) {
        return asked == flaw;
      }
    };
  }

  @Override
  public Step core(Step core) {
    return wiring.core(core);
  }

  @Override
  public PlacementStore shared(TruthStore store) {
    return wiring.shared(store);
  }

  @Override
  public PlacementStore store(PlacementStore store, PlacementStore bare) {
    return wiring.store(store, bare);
  }

  @Override
  public DecisionObserver sessions(DecisionObserver sessions) {
    return wiring.sessions(sessions);
  }

  @Override
  public boolean agent(Wiring.AgentFlaw flaw) {
    return wiring.agent(flaw);
  }
}
