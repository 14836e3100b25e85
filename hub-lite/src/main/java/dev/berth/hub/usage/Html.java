package dev.berth.hub.usage;

import java.util.List;
import java.util.stream.Collectors;

/** Writes HTML; every text that goes in is escaped here. */
final class Html {
  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * A table of texts. A column whose head starts with {@code #} holds numbers; {@code foot} may be
   * empty.
   */
  static String table(List<String> head, List<List<String>> rows, List<String> foot) {
    StringBuilder html =
        new StringBuilder("<table><thead>").append(row("th", head, head)).append("</thead><tbody>");
    rows.forEach(row -> html.append(row("td", head, row)));
    html.append("</tbody>");
    if (!foot.isEmpty()) {
      html.append("<tfoot>").append(row("td", head, foot)).append("</tfoot>");
    }
    return html.append("</table>\n").toString();
  }

  private static String row(String cell, List<String> head, List<String> texts) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int column = 0; column < texts.size(); column++) {
      String kind = head.get(column).startsWith("#") ? " class=\"n\"" : "";
      String text =
          cell.equals("th") ? texts.get(column).replaceFirst("^#", "") : texts.get(column);
      html.append("<").append(cell).append(kind).append(">").append(escape(text));
      html.append("</").append(cell).append(">");
    }
    return html.append("</tr>\n").toString();
  }

  static String list(List<String> items) {
    return items.stream()
        .map(item -> "<li>" + escape(item) + "</li>")
        .collect(Collectors.joining("", "<ul>", "</ul>\n"));
  }
}
