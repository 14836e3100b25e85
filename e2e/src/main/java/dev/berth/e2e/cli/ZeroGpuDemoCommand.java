package dev.berth.e2e.cli;

import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.client.Kubectl;
import dev.berth.e2e.client.Schedulers;
import dev.berth.e2e.demo.AppliedSpaces;
import dev.berth.e2e.demo.zerogpu.Visitors;
import dev.berth.e2e.demo.zerogpu.ZeroGpuDemo;
import dev.berth.e2e.steps.Progress;
import dev.berth.e2e.zerogpu.Quotas;
import java.time.Clock;
import picocli.CommandLine.Command;

@Command(
    name = "zerogpu",
    description =
        "Three unmodified gradio Spaces share cards: visitors of several tiers, a quota that runs out, an overrun that is killed.")
public final class ZeroGpuDemoCommand extends FleetCommand {
  @Override
  public Integer call() {
    var progress = new Progress(System.err, Clock.systemUTC());
    var fleet = open(progress);
    var paths = options().toFleetOptions();
    var image = new PythonImage(paths.repository().resolve("e2e/cluster"), paths.cache(), progress);
    progress.track("image imported", () -> fleet.cluster().importImage(image.archive()));
    var client = new FleetClient(fleet);
    var kubectl = new Kubectl(fleet.cluster().kubectl());
    boolean charged =
        new ZeroGpuDemo(
                new AppliedSpaces(kubectl, ZeroGpuDemo.NAMESPACE, out),
                client,
                new Visitors(image, client),
                new Quotas(Schedulers.of(fleet)),
                paths.repository().resolve("examples/zerogpu"),
                Clock.systemUTC(),
                out)
            .run();
    return DemoCommand.printBooks(fleet, client, ZeroGpuDemo.NAMESPACE, out) && charged ? 0 : 1;
  }
}
