package dev.berth.hub.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
  @Test
  void nothingIsWrongWhenEverythingAddsUp() {
    // When
    Audit audit = Audit.of(List.of(device(5, 3, 1, 1, 10)), List.of(lease(5, 5, true)), 0);

    // Then
    assertThat(audit.problems()).isEmpty();
    assertThat(audit.atRest()).isTrue();
    assertThat(audit.conserved()).isTrue();
    assertThat(audit.billedEqualsHeld()).isTrue();
  }

  @Test
  void aDeviceThatLosesTimeIsNamedWithTheDifference() {
    // When
    Audit audit = Audit.of(List.of(device(5, 3, 1, 0, 10)), List.of(), 0);

    // Then
    assertThat(audit.conserved()).isFalse();
    assertThat(audit.problems()).singleElement().asString().contains("gpu-0", "node-1", "by -1 ns");
  }

  @Test
  void billedBehindHeldIsAProblemOnlyAtRest() {
    assertThat(Audit.of(List.of(), List.of(lease(5, 4, false)), 0).problems()).isEmpty();
    assertThat(Audit.of(List.of(), List.of(lease(5, 4, true)), 0).problems())
        .singleElement()
        .asString()
        .contains("billed 4 ns, held 5 ns");
  }

  @Test
  void billedAheadOfHeldIsAlwaysAProblem() {
    assertThat(Audit.of(List.of(), List.of(lease(4, 5, false)), 0).problems()).hasSize(1);
  }

  private static Audit.Device device(long held, long idle, long draining, long unknown, long wall) {
    return new Audit.Device(
        "node-1", "gpu-0", "T4-16", held, idle, draining, unknown, wall, held, List.of());
  }

  private static Audit.Lease lease(long held, long billed, boolean ended) {
    return new Audit.Lease(
        "node-1",
        "p#0",
        "acme",
        "Space acme/demo",
        "t4-small",
        "1",
        List.of("gpu-0"),
        held,
        billed,
        ended,
        7L);
  }
}
