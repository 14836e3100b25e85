package dev.berth.e2e.home;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes nested maps and lists as block YAML. */
public final class Yaml {
  /** Whether plain-looking strings are quoted too. */
  public enum Quotes {
    ALWAYS,
    WHERE_NEEDED
  }

  private final StringBuilder out = new StringBuilder();
  private final Quotes quotes;

  private Yaml(Quotes quotes) {
    this.quotes = quotes;
  }

  /** A map of the given keys and values, in the given order: {@code map("a", 1, "b", 2)}. */
  public static Map<String, Object> map(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** Maps, lists, strings, numbers and booleans; anything else is written by its toString. */
  public static String render(Map<String, ?> document) {
    return render(document, Quotes.ALWAYS);
  }

  static String render(Map<String, ?> document, Quotes quotes) {
    var yaml = new Yaml(quotes);
    yaml.block(document, 0);
    return yaml.out.toString();
  }

  private void block(Map<?, ?> map, int indent) {
    map.forEach((key, value) -> entry(" ".repeat(indent) + key + ":", value, indent));
  }

  private void entry(String head, Object value, int indent) {
    out.append(head);
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n');
        block(map, indent + 2);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n');
        list.forEach(item -> item(item, indent));
      }
      default -> out.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void item(Object item, int indent) {
    if (!(item instanceof Map<?, ?> map) || map.isEmpty()) {
      entry(" ".repeat(indent) + "-", item, indent + 2);
      return;
    }
    int start = out.length();
    block(map, indent + 2);
    out.setCharAt(start + indent, '-');
  }

  private String scalar(Object value) {
    return switch (value) {
      case Map<?, ?> empty -> "{}";
      case List<?> empty -> "[]";
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> text(value.toString());
    };
  }

  private String text(String text) {
    if (quotes == Quotes.WHERE_NEEDED && text.matches("[a-z][a-z0-9-]*|\\d+\\.\\d+\\.\\d+")) {
      return text;
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
