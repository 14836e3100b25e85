package dev.berth.e2e.client;

import dev.berth.e2e.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The real kubectl.
 *
 * @param program the program and the options that name its cluster
 */
public record Kubectl(List<String> program) {

  /** What it prints; a failure is an error with kubectl's own words. */
  public String run(String... arguments) {
    return Shell.check("kubectl", command(arguments), attempt("", arguments)).strip();
  }

  /** Its exit code and output, whatever they are; {@code input} goes to its standard input. */
  public Shell.Result attempt(String input, String... arguments) {
    return Shell.run(command(arguments), Map.of(), input);
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    return command;
  }
}
