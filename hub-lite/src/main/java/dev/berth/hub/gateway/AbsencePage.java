package dev.berth.hub.gateway;

/** What a browser shows while nothing answers behind a host. Pure. */
final class AbsencePage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Berth</title>%s
      <style>body{font:18px system-ui;display:grid;place-items:center;height:90vh;color:#334}</style>
      </head><body><p>%s</p></body></html>
      """;

  private AbsencePage() {}

  /** {@code again}: whether the page looks again every two seconds. */
  static String html(String sentence, boolean again) {
    return PAGE.formatted(
        again ? "<meta http-equiv=\"refresh\" content=\"2\">" : "", escaped(sentence));
  }

  /** A Host header is whatever a client sends. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
