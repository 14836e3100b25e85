package dev.berth.agent.turns.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A running app with decorated functions (app.py), in a process of its own. */
final class SpacesApp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 90;

  private final Process process;
  private final Writer commands;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

  /** Starts it, and returns when its startup report was accepted. */
  SpacesApp(Path python, Path dir, Map<String, String> environment) throws IOException {
    Path script = dir.resolve("app.py");
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/spaces/app.py"))) {
      Files.write(script, in.readAllBytes());
    }
    ProcessBuilder builder = new ProcessBuilder(python.toString(), "-u", script.toString());
    builder.redirectError(dir.resolve("app.err").toFile());
    builder.environment().putAll(environment);
    calls.put(0, new CompletableFuture<>());
    process = builder.start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(this::read);
    answer(Objects.requireNonNull(calls.get(0)));
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("@@")) {
          JsonNode answer = JSON.readTree(line.substring(2));
          Objects.requireNonNull(calls.get(answer.get("id").asInt())).complete(answer);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      calls.values().forEach(c -> c.completeExceptionally(new IOException("The app ended")));
    }
  }

  int pid() {
    return (int) process.pid();
  }

  /** A call that goes on; {@code token} is the visitor's. */
  CompletableFuture<JsonNode> start(@Nullable String token, String function, Object... args) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> call = new CompletableFuture<>();
    calls.put(id, call);
    try {
      var command = JSON.createObjectNode().put("id", id).put("fn", function).put("token", token);
      command.set("args", JSON.valueToTree(List.of(args)));
      synchronized (commands) {
        commands.write(command + "\n");
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return call;
  }

  JsonNode call(String function, Object... args) {
    return answer(start(null, function, args));
  }

  static JsonNode answer(CompletableFuture<JsonNode> call) {
    return call.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** As the kernel does when memory is short: no clean-up, its workers live on. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }
}
