package dev.berth.scheduler.simulation;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.leadership.ActiveTerm;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.rpc.AgentSessions;
import dev.berth.scheduler.rpc.NodeAgentService;
import dev.berth.scheduler.store.Commit;
import dev.berth.scheduler.store.PlacementStore;
import dev.berth.scheduler.store.StoreException;
import dev.berth.scheduler.store.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler process. The deciding loop, the agents' service and their sessions are those of
 * production; only the latch around them is a model of {@code Candidate}, and the loop is turned by
 * the world rather than by a thread.
 */
final class SimulatedCandidate {
  private static final long RETRY = 300 * Agenda.MILLI;
  private final World world;
  private final String name;
  private final StorePort port;
  private final PlacementStore store;
  private final List<Runnable> backlog = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private ActiveTerm active = new ActiveTerm();
  private AgentSessions sessions = new AgentSessions();
  private NodeAgentService service = new NodeAgentService("", active, sessions, e -> {});
  private long epochFloor;
  private long clockOffset;
  private int life;
  private int outage;
  private boolean up;
  private boolean paused;
  private boolean standing;
  private boolean believes;
  private boolean turnDue;

  SimulatedCandidate(World world, String name) {
    this.world = world;
    this.name = name;
    this.port = new StorePort(world, this);
    this.store = world.wiring().store(port, world.store());
  }

  void boot() {
    life++;
    up = true;
    port.reborn();
    epochFloor = 1;
    clockOffset = world.agenda().between(-world.clockSkew(), world.clockSkew());
    active = new ActiveTerm();
    sessions = new AgentSessions();
    active.addListener(sessions);
    service = new NodeAgentService(name, active, sessions, this::outrun);
    stand();
    tick(life);
  }

  String name() {
    return name;
  }

  int life() {
    return life;
  }

  /** Changes whenever the way to the store breaks or heals. */
  int outage() {
    return outage;
  }

  NodeAgentService service() {
    return service;
  }

  boolean leads() {
    return active.current() != null;
  }

  @Nullable DecisionLoop leading() {
    return active.current();
  }

  boolean running() {
    return up && !paused;
  }

  boolean electable() {
    return running() && standing && port.reachable();
  }

  private void stand() {
    standing = true;
    world.election().call();
  }

  void elected() {
    deliver(
        () -> {
          if (standing && world.election().held(this)) {
            active.leave();
            believes = true;
            begin();
          }
        });
  }

  void deposed() {
    deliver(
        () -> {
          if (!world.election().held(this)) {
            believes = false;
            active.leave();
          }
        });
  }

  private void begin() {
    try {
      Term term = store.begin(epochFloor);
      world.agenda().note(name + " begins " + term);
      int same = life;
      world.agenda().after(world.delay(), name + " loads", () -> deliver(() -> load(term, same)));
    } catch (StoreException e) {
      resign();
    }
  }

  private void load(Term term, int sameLife) {
    if (sameLife != life || !believes || leads()) {
      return;
    }
    try {
      State state = store.load().restore(term.epoch(), clock());
      world.checks().entered(state);
      active.enter(
          new DecisionLoop(
              world.checks().step(world.wiring().core(world.scheduler())),
              store,
              term,
              state,
              world.window(),
              this::clock,
              List.of(world.wiring().sessions(sessions), world.checks()),
              this::commitFailed));
    } catch (StoreException e) {
      resign();
    }
  }

  private long clock() {
    return World.EPOCH + world.agenda().now() + clockOffset;
  }

  private void commitFailed(Commit commit) {
    world.agenda().note(name + " steps down: " + commit.getClass().getSimpleName());
    resign();
  }

  private void outrun(long seen) {
    epochFloor = Math.max(epochFloor, seen + 1);
    resign();
  }

  private void resign() {
    active.leave();
    believes = false;
    standing = false;
    int same = life;
    world.election().resigned(this);
    world.agenda().after(RETRY, name + " stands again", () -> standAgain(same));
  }

  private void standAgain(int sameLife) {
    if (sameLife == life && up && !standing) {
      stand();
    }
  }

  private void tick(int sameLife) {
    world
        .agenda()
        .after(
            Agenda.SECOND,
            name + " tick",
            () -> {
              if (sameLife == life && up) {
                deliver(() -> submit(new Event.Tick()));
                tick(sameLife);
              }
            });
  }

  private void submit(Event event) {
    DecisionLoop loop = active.current();
    if (loop != null) {
      var _ = loop.submit(event);
    }
  }

  /** Something arrives at the process: now, after its pause, or never. */
  void deliver(Runnable action) {
    if (up && paused) {
      backlog.add(action);
    } else if (up) {
      action.run();
      wake();
    }
  }

  private void wake() {
    if (!turnDue && leads()) {
      turnDue = true;
      world
          .agenda()
          .after(world.agenda().between(0, 8 * Agenda.MILLI), name + " decides", this::turn);
    }
  }

  private void turn() {
    turnDue = false;
    DecisionLoop loop = active.current();
    if (loop != null && running()) {
      boolean more = loop.turn();
      world.checks().turned(loop);
      if (more) {
        wake();
      }
    }
  }

  void connected(Connection connection) {
    connections.add(connection);
  }

  /** The process dies; what it said before may still arrive. */
  void crash() {
    if (!up) {
      return;
    }
    world.agenda().note(name + " crashes");
    life++;
    up = false;
    paused = false;
    standing = false;
    believes = false;
    outage++;
    backlog.clear();
    active.leave();
    connections.forEach(Connection::sever);
    connections.clear();
    world.election().died(this, life - 1);
    world
        .agenda()
        .after(
            world.agenda().between(Agenda.SECOND / 5, 3 * Agenda.SECOND),
            name + " boots",
            this::bootIfDown);
  }

  private void bootIfDown() {
    if (!up) {
      boot();
    }
  }

  void pause(long nanos) {
    if (running()) {
      paused = true;
      outage++;
      world.election().unreachable(this);
      int same = life;
      world.agenda().after(nanos, name + " goes on", () -> resume(same));
    }
  }

  private void resume(int sameLife) {
    if (sameLife == life && paused) {
      paused = false;
      outage++;
      List<Runnable> waiting = List.copyOf(backlog);
      backlog.clear();
      waiting.forEach(this::deliver);
      wake();
    }
  }

  /** Cuts or heals the way to the store; a process that is cut off notices in its own time. */
  void reach(boolean reachable) {
    port.reach(reachable);
    outage++;
    if (!reachable) {
      world.election().unreachable(this);
    }
  }
}
