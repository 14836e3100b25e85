package dev.berth.agent.turns.seats;

import dev.berth.agent.core.Grant;
import dev.berth.agent.core.PreparedClaim;
import dev.berth.agent.dra.SeatDesk;
import dev.berth.agent.dra.SeatEdits;
import dev.berth.agent.turns.core.Seat;
import dev.berth.agent.turns.http.SeatDoor;
import dev.berth.agent.turns.runtime.TurnEngine;
import dev.berth.agent.turns.seats.SeatFiles.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The seats of this node, by claim and by secret. A secret is made once and lasts with its seat.
 */
public final class Seats implements SeatDesk, SeatDoor {
  /** Where the container sees the file that tells its cgroup. */
  public static final String CGROUP_FILE = "/run/berth/cgroup";

  private final SeatFiles files;
  private final TurnEngine engine;
  private final Supplier<String> newSecret;
  private final Supplier<List<String>> deviceNodes;
  private final Map<String, Secret> bySecret = new ConcurrentHashMap<>();
  private volatile String address = "";

  /**
   * Reads the seats that there are.
   *
   * @param newSecret text for a URL that nobody can guess
   */
  public Seats(
      Path dir, TurnEngine engine, Supplier<String> newSecret, Supplier<List<String>> deviceNodes) {
    this.files = new SeatFiles(dir);
    this.engine = engine;
    this.newSecret = newSecret;
    this.deviceNodes = deviceNodes;
    files.all().forEach(this::remember);
    Set<String> known = leases();
    engine.state().book().seats().keySet().stream()
        .filter(lease -> !known.contains(lease))
        .forEach(engine::seatClosed);
  }

  private Set<String> leases() {
    return Set.copyOf(bySecret.values().stream().map(s -> s.seat().lease()).toList());
  }

  private void remember(Secret secret) {
    bySecret.put(secret.secret(), secret);
    engine.seatOpened(secret.seat());
  }

  /** {@code url} of the device API, without the secret. */
  public void servedAt(String url) {
    address = url;
  }

  @Override
  public Optional<Seat> open(String secret) {
    return Optional.ofNullable(bySecret.get(secret)).map(Secret::seat);
  }

  @Override
  public synchronized Optional<SeatEdits> open(Grant grant, PreparedClaim claim, String podUid) {
    Secret secret =
        files
            .read(claim.uid())
            .filter(s -> s.seat().lease().equals(grant.leaseId()))
            .orElseGet(() -> made(grant, claim, podUid));
    remember(secret);
    return Optional.of(edits(secret));
  }

  private Secret made(Grant grant, PreparedClaim claim, String podUid) {
    Seat seat = new Seat(grant.leaseId(), claim.uid(), space(grant.owner()), podUid);
    Secret secret = new Secret(newSecret.get(), seat);
    files.write(secret);
    return secret;
  }

  /** Owners are written "Space namespace/name". */
  private static String space(String owner) {
    return owner.substring(owner.lastIndexOf(' ') + 1);
  }

  private SeatEdits edits(Secret secret) {
    return new SeatEdits(
        Map.of(
            "SPACES_ZERO_GPU",
            "true",
            "SPACES_ZERO_DEVICE_API_URL",
            address + "/" + secret.secret(),
            "ZEROGPU_PROC_SELF_CGROUP_PATH",
            CGROUP_FILE),
        deviceNodes.get(),
        Map.of(CGROUP_FILE, files.cgroup(secret.seat())));
  }

  @Override
  public synchronized void close(String claimUid) {
    bySecret.values().removeIf(s -> s.seat().claim().equals(claimUid) && revoked(s));
    files.delete(claimUid);
  }

  private boolean revoked(Secret secret) {
    engine.seatClosed(secret.seat().lease());
    return true;
  }

  @Override
  public void closeAllBut(Set<String> claimUids) {
    List.copyOf(bySecret.values()).stream()
        .map(s -> s.seat().claim())
        .filter(claim -> !claimUids.contains(claim))
        .forEach(this::close);
  }
}
