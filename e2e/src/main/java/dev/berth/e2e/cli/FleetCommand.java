package dev.berth.e2e.cli;

import dev.berth.e2e.fleet.Fleets;
import dev.berth.e2e.fleet.LocalFleet;
import dev.berth.e2e.steps.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a fleet. A subclass is one command; {@code BerthMain} lists them. */
public abstract class FleetCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  protected final PrintStream out = System.out;

  protected final GlobalOptions options() {
    var root = Objects.requireNonNull(spec, "picocli sets it").root();
    var mixin = Objects.requireNonNull(root.mixins().get(GlobalOptions.MIXIN));
    return (GlobalOptions) mixin.userObject();
  }

  /** The fleet as it was brought up before; an error that says so if it never was. */
  protected final LocalFleet open(Progress progress) {
    return Fleets.open(options().toFleetOptions(), progress, Clock.systemUTC());
  }

  /** The fleet for a command that has nothing long to do. */
  protected final LocalFleet open() {
    return open(new Progress(System.err, Clock.systemUTC()));
  }
}
