package dev.berth.agent.devices;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unhealthy cards and chips of all sources together. */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private final List<Supplier<Map<String, String>>> sources;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, String> unhealthy = Map.of();

  public Health(List<Supplier<Map<String, String>>> sources) {
    this.sources = List.copyOf(sources);
    this.unhealthy = ask();
  }

  /** Reason by card or chip. */
  public Map<String, String> unhealthy() {
    return unhealthy;
  }

  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Asks the sources and tells the listeners if anything changed. */
  public synchronized void refresh() {
    Map<String, String> now = ask();
    if (!now.equals(unhealthy)) {
      LOG.atWarn().addKeyValue("unhealthy", now).log("The health of devices changed.");
      unhealthy = now;
      listeners.forEach(Runnable::run);
    }
  }

  private Map<String, String> ask() {
    Map<String, String> all = new TreeMap<>();
    sources.forEach(s -> s.get().forEach(all::putIfAbsent));
    return all;
  }
}
