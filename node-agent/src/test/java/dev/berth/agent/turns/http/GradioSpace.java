package dev.berth.agent.turns.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running gradio app with decorated functions (space.py), and those who visit it (visitor.py).
 */
final class GradioSpace implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RUNNING = Pattern.compile("Running on local URL:\\s+(http\\S+)");
  private static final int SECONDS = 90;

  /** How a visitor calls. */
  enum How {
    /** With {@code gradio_client}. */
    PROGRAM,
    /** As the page in a browser does. */
    PAGE
  }

  private final Path python;
  private final Path dir;
  private final Map<String, String> environment;
  private final Process process;
  private final CompletableFuture<String> url = new CompletableFuture<>();

  /** Starts it, and returns when it listens. */
  GradioSpace(Path python, Path dir, Map<String, String> environment) throws IOException {
    this.python = python;
    this.dir = dir;
    this.environment = environment;
    process = start(Map.of(), List.of(script("space.py")), "space.err");
    Thread.ofVirtual().start(this::read);
    url.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  private String script(String name) throws IOException {
    Path script = dir.resolve(name);
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/spaces/" + name))) {
      Files.write(script, in.readAllBytes());
    }
    return script.toString();
  }

  private Process start(Map<String, String> more, List<String> arguments, String errors)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(python.toString(), "-u"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return builder.redirectError(dir.resolve(errors).toFile()).start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher running = RUNNING.matcher(line);
        if (running.find()) {
          url.complete(running.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      url.completeExceptionally(new IOException("The Space ended, see space.err in " + dir));
    }
  }

  int pid() {
    return (int) process.pid();
  }

  /** A visit that goes on; {@code token} is what the gateway says about the visitor. */
  CompletableFuture<JsonNode> visit(
      How how, @Nullable String token, String function, Object... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    script("visitor.py"),
                    url.join(),
                    how.name().toLowerCase(Locale.ROOT),
                    function),
                Stream.of(arguments).map(a -> JSON.valueToTree(a).toString()))
            .toList();
    Map<String, String> more = token == null ? Map.of() : Map.of("TOKEN", token);
    Process visitor = start(more, command, "visitor.err");
    return CompletableFuture.supplyAsync(() -> outcome(visitor))
        .orTimeout(SECONDS, TimeUnit.SECONDS);
  }

  private JsonNode outcome(Process visitor) {
    try (BufferedReader lines = visitor.inputReader(StandardCharsets.UTF_8)) {
      String said =
          lines
              .lines()
              .filter(line -> line.startsWith("@@"))
              .findFirst()
              .orElseThrow(() -> new IOException("No outcome, see visitor.err in " + dir));
      return JSON.readTree(said.substring(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
