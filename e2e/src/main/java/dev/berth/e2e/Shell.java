package dev.berth.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs in the foreground and reads what they print. */
public final class Shell {
  /**
   * @param code exit code
   * @param output standard output and standard error together, in the order they came
   */
  public record Result(int code, String output) {
    public boolean ok() {
      return code == 0;
    }
  }

  private Shell() {}

  public static Result run(List<String> command) {
    return run(command, Map.of(), "");
  }

  /**
   * Runs {@code command} with {@code environment} added and {@code input} on its standard input.
   */
  public static Result run(List<String> command, Map<String, String> environment, String input) {
    return run(new ProcessBuilder(command), environment, input);
  }

  /** Runs {@code command} in {@code directory}. */
  public static Result runIn(
      Path directory, List<String> command, Map<String, String> environment) {
    return run(new ProcessBuilder(command).directory(directory.toFile()), environment, "");
  }

  /** Like {@link #run(List)}, but a failure is an error that says what the program said. */
  public static String check(String purpose, List<String> command) {
    return check(purpose, command, run(command));
  }

  public static String check(String purpose, List<String> command, Result result) {
    if (!result.ok()) {
      throw new FleetException(
          "%s failed: `%s` ended with %d:%n%s"
              .formatted(purpose, String.join(" ", command), result.code(), end(result.output())));
    }
    return result.output();
  }

  /** Programs name the cause of a failure at its end. */
  private static String end(String output) {
    var lines = output.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static Result run(ProcessBuilder builder, Map<String, String> environment, String input) {
    builder.environment().putAll(environment);
    try {
      var process = builder.redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A program that ends without reading its input closes the pipe; its exit code tells why.
      }
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + builder.command().getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("Interrupted while running " + builder.command().getFirst(), e);
    }
  }
}
