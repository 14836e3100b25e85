package dev.berth.agent.devices.simulated;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.MigInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of the exporter's text format: samples grouped by metric under HELP and TYPE. */
final class ExporterPage {
  private final Map<String, List<String>> samples = new LinkedHashMap<>();

  static String labels(Card card, String node) {
    return "gpu=\"%d\",UUID=\"%s\",pci_bus_id=\"00000000:%02X:00.0\",device=\"nvidia%d\",modelName=\"%s\",Hostname=\"%s\""
        .formatted(card.index(), card.uuid(), card.index() + 1, card.index(), card.model(), node);
  }

  static String labels(MigInstance i, String node) {
    Card card = i.place().card();
    return "gpu=\"%d\",UUID=\"%s\",pci_bus_id=\"00000000:%02X:00.0\",device=\"nvidia%d\",modelName=\"%s\",GPU_I_PROFILE=\"%s\",GPU_I_ID=\"%d\",Hostname=\"%s\""
        .formatted(
            card.index(),
            card.uuid(),
            card.index() + 1,
            card.index(),
            card.model(),
            i.place().profile().name(),
            i.gpuInstanceId(),
            node);
  }

  void gauge(String name, String labels, long value) {
    add(name, "gauge", labels, Long.toString(value));
  }

  void ratio(String name, String labels, double value) {
    add(name, "gauge", labels, String.format(Locale.ROOT, "%f", value));
  }

  void counter(String name, String labels, long value) {
    add(name, "counter", labels, Long.toString(value));
  }

  private void add(String name, String type, String labels, String value) {
    samples
        .computeIfAbsent(
            name,
            n ->
                new ArrayList<>(List.of("# HELP " + n + " Simulated.", "# TYPE " + n + " " + type)))
        .add(name + "{" + labels + "} " + value);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    samples.values().forEach(lines -> lines.forEach(l -> text.append(l).append('\n')));
    return text.toString();
  }
}
