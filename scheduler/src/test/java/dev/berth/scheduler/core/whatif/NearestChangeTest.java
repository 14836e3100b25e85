package dev.berth.scheduler.core.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Fleet;
import dev.berth.scheduler.core.Hardware;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Accelerator.GpuShare;
import dev.berth.scheduler.core.model.Accelerator.MigSlice;
import dev.berth.scheduler.core.model.Accelerator.WholeGpus;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestChangeTest {
  private static final WholeGpus T4 = new WholeGpus("T4-16", 1);
  private static final WholeGpus A100 = new WholeGpus("A100-80", 1);

  @Test
  void tellsEveryWayOutCheapestFirst() {
    // Given
    Fleet fleet =
        new Fleet()
            .with("small", Hardware.gpus("T4-16", 4, 0))
            .with("large", Hardware.gpus("A100-80", 4, 0));
    fleet.gang("two", 2, T4);
    fleet.place("one", T4);

    // When
    List<String> told = told(fleet, request("asks", 1, 1_000, new WholeGpus("T4-16", 2)));

    // Then
    assertThat(told)
        .containsExactly(
            "It fits as 2 x A100-80 or T4-16, of 80384 MiB, instead of 2 x T4-16.",
            "It fits as 1 x T4-16 instead of 2 x T4-16.",
            "It fits once placement one is released (1 device).",
            "It fits with 1 more node like small.");
  }

  @Test
  void tellsWhatOnlyTimeIsNeededFor() {
    // Given
    Fleet fleet =
        new Fleet()
            .with("n1", Hardware.gpus("T4-16", 1, 0))
            .with("n2", Hardware.gpus("T4-16", 1, 0));
    fleet.place("leaves", T4);
    fleet.place("stays", T4);
    fleet.step(new Event.Release("leaves"));
    fleet.step(new Event.NodeRegistered("n3", Hardware.gpus("T4-16", 1, 0)));

    // When
    List<String> told = told(fleet, request("asks", 1, 1_000, T4));

    // Then
    assertThat(told)
        .startsWith(
            "It fits once placement leaves is drained.",
            "It fits once node n3 is heartbeating again.");
  }

  @Test
  void theQueueComesFirst() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 2, 0));
    fleet.gang("busy", 2, T4);
    fleet.gang("ahead", 2, T4);

    // When
    List<String> told = told(fleet, request("asks", 1, 1_000, T4));

    // Then: what busy would give goes to the one ahead, and so does one node more.
    assertThat(told).containsExactly("It fits with 2 more nodes like n.");
  }

  @Test
  void tellsTheLargestGangTheLargestHostAndTheNextProfile() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("A100-80", 4, 0));
    fleet.place("busy", List.of(new Shape(60_000, 1_024, A100)));

    // When
    List<String> gang = told(fleet, request("gang", 4, 1_000, A100));
    List<String> host = told(fleet, request("host", 1, 6_000, A100));

    // Then
    assertThat(gang).contains("A gang of 3 of its 4 members fits now.");
    assertThat(host)
        .contains("It fits with at most 4000 milli-cpu and 1024 MiB of memory a member.");
  }

  @Test
  void tellsSmallerSlicesAndShares() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("A100-80", 1, 0));
    fleet.place("cut", new MigSlice("A100-80", "4g.40gb"));

    // When
    List<String> mig = told(fleet, request("mig", 1, 1_000, new MigSlice("A100-80", "4g.40gb")));
    fleet.free("cut");
    fleet.place("share", new GpuShare("A100-80", 700, 1_000));
    List<String> share = told(fleet, request("s", 1, 1_000, new GpuShare("A100-80", 400, 1_000)));

    // Then
    assertThat(mig).contains("It fits as 1 x A100-80 3g.40gb instead of 1 x A100-80 4g.40gb.");
    assertThat(share)
        .contains(
            "It fits as 300 milli-gpu of A100-80 with 1000 MiB instead of 400 milli-gpu of A100-80 with 1000 MiB.",
            "It fits once placement share is released (0.700 devices).");
  }

  @Test
  void aRequestThatIsPlacedOrBrokenNeedsNoChange() {
    // Given
    Fleet fleet = new Fleet().with("n", Hardware.gpus("T4-16", 1, 0));

    // When // Then
    assertThat(told(fleet, request("fits", 1, 1_000, T4))).isEmpty();
    assertThat(told(fleet, request("broken", 1, -1, T4))).isEmpty();
    assertThat(told(new Fleet(), request("early", 1, 1_000, T4))).isEmpty();
  }

  private static List<String> told(Fleet fleet, Request request) {
    return NearestChange.of(fleet.scheduler, fleet.state, request, fleet.now).stream()
        .map(change -> ChangeSentences.of(change, request))
        .toList();
  }

  private static Request request(String id, int members, long cpu, Accelerator each) {
    Shape shape = new Shape(cpu, 1_024, each);
    return new Request(
        id, Collections.nCopies(members, shape), "acme", "Space acme/" + id, "f", "v1");
  }
}
