package dev.berth.e2e.cli;

import dev.berth.e2e.build.PythonImage;
import dev.berth.e2e.client.FleetClient;
import dev.berth.e2e.demo.zerogpu.ZeroGpuDemo;
import dev.berth.e2e.steps.Progress;
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
    var examples = paths.repository().resolve("examples/zerogpu");
    boolean charged = ZeroGpuDemo.run(fleet, image, examples, out);
    var client = new FleetClient(fleet);
    return DemoCommand.printBooks(fleet, client, ZeroGpuDemo.NAMESPACE, out) && charged ? 0 : 1;
  }
}
