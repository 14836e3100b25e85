package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.Workload;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.leadership.Window;
import dev.berth.scheduler.store.PlacementStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A fleet, its schedulers and its users, all from one seed. First everything fails at random, then
 * it is left in peace and must come to rest; then everything is given back and must be free.
 */
final class World {
  /** Unix time at which every world begins, in nanoseconds. */
  static final long EPOCH = 1_800_000_000L * Agenda.SECOND;

  static final long NODE_TIMEOUT = 3 * Agenda.SECOND;
  private static final long TROUBLE = 3 * Agenda.SECOND;

  private final Agenda agenda;
  private final Wiring wiring;
  private final Scheduler scheduler = new Scheduler(NODE_TIMEOUT);
  private final Tally tally = new Tally();
  private final Checks checks = new Checks(this);
  private final TruthStore store = new TruthStore(checks, tally);
  private final PlacementStore shared;
  private final Window window;
  private final Election election = new Election(this);
  private final List<SimulatedCandidate> candidates = new ArrayList<>();
  private final Map<String, SimulatedAgent> agents = new TreeMap<>();
  private final Map<String, Owner> owners = new TreeMap<>();
  private final Set<String> cuts = new HashSet<>();
  private final Workload workload;
  private final Faults faults = new Faults(this);
  private boolean trouble = true;
  private boolean storeUp = true;

  World(long seed, Wiring wiring) {
    this.agenda = new Agenda(seed);
    this.wiring = wiring;
    this.shared = wiring.shared(store);
    this.window = new Window(1 + few(), 1 + few(), 1 + few());
    this.workload = new Workload(agenda.random());
  }

  private int few() {
    return agenda.random().nextInt(5);
  }

  // --- What the parts ask ---

  Agenda agenda() {
    return agenda;
  }

  Wiring wiring() {
    return wiring;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Checks checks() {
    return checks;
  }

  Tally tally() {
    return tally;
  }

  TruthStore store() {
    return store;
  }

  /** The store as the candidates reach it. */
  PlacementStore shared() {
    return shared;
  }

  /** Small, so that much is in flight. */
  Window window() {
    return window;
  }

  Election election() {
    return election;
  }

  List<SimulatedCandidate> candidates() {
    return candidates;
  }

  Iterable<SimulatedAgent> agents() {
    return agents.values();
  }

  List<SimulatedAgent> agentList() {
    return List.copyOf(agents.values());
  }

  SimulatedAgent agent(String node) {
    SimulatedAgent agent = agents.get(node);
    if (agent == null) {
      throw new AssertionError("placed on an unknown node " + node);
    }
    return agent;
  }

  List<Owner> owners() {
    return List.copyOf(owners.values());
  }

  boolean asked(Request request) {
    Owner owner = owners.get(request.id());
    return owner != null && owner.request().equals(request);
  }

  boolean releaseAsked(String id) {
    Owner owner = owners.get(id);
    return owner != null && owner.releasing();
  }

  /** True now and then while there is trouble. */
  boolean fault(int percent) {
    return trouble && agenda.chance(percent);
  }

  /** How long a message takes. */
  long delay() {
    return agenda.between(
        Agenda.MILLI, trouble && agenda.chance(10) ? 800 * Agenda.MILLI : 20 * Agenda.MILLI);
  }

  /** How far the clocks of processes may be off when they start. */
  long clockSkew() {
    return agenda.chance(10) ? 3_600 * Agenda.SECOND : 2 * Agenda.SECOND;
  }

  boolean storeUp() {
    return storeUp;
  }

  void storeUp(boolean now) {
    storeUp = now;
  }

  boolean cut(SimulatedAgent agent, SimulatedCandidate candidate) {
    return cuts.contains(agent.name() + candidate.name());
  }

  void cut(SimulatedAgent agent, SimulatedCandidate candidate, boolean now) {
    String way = agent.name() + candidate.name();
    if (now) {
      cuts.add(way);
    } else {
      cuts.remove(way);
    }
  }

  /** Health checks lead to a process that serves; they may be behind. */
  SimulatedCandidate likelyLeader() {
    List<SimulatedCandidate> serving =
        candidates.stream().filter(SimulatedCandidate::leads).toList();
    List<SimulatedCandidate> among = serving.isEmpty() || fault(10) ? candidates : serving;
    return among.get(agenda.random().nextInt(among.size()));
  }

  // --- The history ---

  void run() {
    try {
      build();
      until(agenda.between(TROUBLE, 3 * TROUBLE));
      calm();
      Rest rest = new Rest(this);
      rest.settle();
      owners.values().forEach(Owner::release);
      rest.free();
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + agenda.history(), e);
    }
  }

  private void build() {
    int processes = 2 + agenda.random().nextInt(2);
    for (int i = 0; i < processes; i++) {
      candidates.add(new SimulatedCandidate(this, "scheduler-" + i));
    }
    candidates.forEach(SimulatedCandidate::boot);
    int nodes = 2 + agenda.random().nextInt(3);
    for (int i = 0; i < nodes; i++) {
      SimulatedAgent agent = new SimulatedAgent(this, "node-" + i, workload.inventory());
      agents.put(agent.name(), agent);
      agent.start();
    }
    arrive();
    faults.next();
  }

  private void arrive() {
    agenda.after(
        agenda.between(0, 700 * Agenda.MILLI),
        "a request",
        () -> {
          if (trouble) {
            Owner owner = new Owner(this, workload.request("p/" + owners.size()));
            owners.put(owner.request().id(), owner);
            owner.place();
            agenda.after(
                agenda.between(Agenda.SECOND / 5, 9 * Agenda.SECOND),
                owner.request().id() + " is given up",
                () -> giveUp(owner));
            arrive();
          }
        });
  }

  private void giveUp(Owner owner) {
    if (trouble) {
      owner.release();
    }
  }

  boolean troubled() {
    return trouble;
  }

  void until(long end) {
    while (agenda.step(end)) {
      // The steps check themselves.
    }
  }

  private void calm() {
    trouble = false;
    storeUp = true;
    cuts.clear();
    candidates.forEach(candidate -> candidate.reach(true));
    agenda.note("--- peace ---");
  }
}
