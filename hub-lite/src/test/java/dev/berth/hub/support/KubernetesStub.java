package dev.berth.hub.support;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** List, watch, get and update calls of an API server, answered from what a test puts in. */
public final class KubernetesStub implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> lists = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> objects = new ConcurrentHashMap<>();
  private final Map<String, List<String>> events = new ConcurrentHashMap<>();
  private final Map<String, List<ServerWebSocket>> watchers = new ConcurrentHashMap<>();
  private final HttpServer server;

  public KubernetesStub() {
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .webSocketHandler(this::watch)
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code items}: JSON objects, separated by commas. */
  public KubernetesStub list(String path, String apiVersion, String kind, String items) {
    lists.put(
        path,
        """
        {"apiVersion":"%s","kind":"%sList","metadata":{"resourceVersion":"1"},"items":[%s]}
        """
            .formatted(apiVersion, kind, items));
    return this;
  }

  /** An object without data at {@code path}, to be read and updated. */
  public KubernetesStub object(String path, String kind, String name) {
    objects.put(
        path,
        new JsonObject()
            .put("apiVersion", "v1")
            .put("kind", kind)
            .put(
                "metadata",
                new JsonObject()
                    .put("namespace", "default")
                    .put("name", name)
                    .put("resourceVersion", "1")));
    return this;
  }

  /** As it is stored now. */
  public JsonObject stored(String path) {
    return Objects.requireNonNull(objects.get(path), path);
  }

  /** Sends ADDED, MODIFIED or DELETED to whoever watches {@code path}, now or later. */
  public synchronized void event(String path, String type, String object) {
    String event = "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
    events.computeIfAbsent(path, p -> new ArrayList<>()).add(event);
    watchers.getOrDefault(path, List.of()).forEach(watcher -> watcher.writeTextMessage(event));
  }

  public Path kubeconfig(Path directory) {
    try {
      return Files.writeString(
          directory.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: it
          clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
          contexts: [{name: it, context: {cluster: it, user: it}}]
          users: [{name: it, user: {}}]
          """
              .formatted(server.actualPort()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpServerRequest request) {
    if (request.method() == HttpMethod.PUT) {
      request.body().onSuccess(body -> update(request, new JsonObject(body)));
    } else {
      read(request);
    }
  }

  /** Refused if somebody else was first, as the API server does it. */
  private synchronized void update(HttpServerRequest request, JsonObject wanted) {
    String stored = version(stored(request.path()));
    boolean first = stored.equals(version(wanted));
    if (first) {
      wanted.getJsonObject("metadata").put("resourceVersion", stored + "1");
      objects.put(request.path(), wanted);
    }
    request
        .response()
        .setStatusCode(first ? 200 : 409)
        .putHeader("Content-Type", "application/json")
        .end(first ? wanted.encode() : "{}");
  }

  private static String version(JsonObject object) {
    return object.getJsonObject("metadata").getString("resourceVersion");
  }

  private void read(HttpServerRequest request) {
    JsonObject object = objects.get(request.path());
    String list = object == null ? lists.get(request.path()) : object.encode();
    request
        .response()
        .setStatusCode(list == null ? 404 : 200)
        .putHeader("Content-Type", "application/json");
    request.response().end(list == null ? "{}" : list);
  }

  private synchronized void watch(ServerWebSocket watcher) {
    watchers.computeIfAbsent(watcher.path(), p -> new ArrayList<>()).add(watcher);
    events.getOrDefault(watcher.path(), List.of()).forEach(watcher::writeTextMessage);
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
