package dev.berth.hub.usage;

/** Head, style and frame of every page. Works without scripts, in light and in dark. */
final class PageFrame {
  private static final String TEMPLATE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark"><title>@TITLE@ · Berth</title><style>
      :root{color-scheme:light dark;--line:light-dark(#d8dee4,#30363d);--soft:light-dark(#f6f8fa,#161b22);
      --ok:light-dark(#116329,#56d364);--bad:light-dark(#a40e26,#ff7b72)}
      body{font:15px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}
      table{border-collapse:collapse;display:block;overflow-x:auto}
      th,td{padding:.3rem .8rem;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
      th,tfoot td{background:var(--soft);font-weight:600}
      .n{text-align:right;font-variant-numeric:tabular-nums}
      .sum{font-size:1.1rem}.ok{color:var(--ok)}.bad{color:var(--bad)}
      label{margin-right:1rem}input,button{font:inherit}
      </style></head><body><h1>@TITLE@</h1>
      @BODY@</body></html>
      """;

  private PageFrame() {}

  /** {@code body} is HTML already; {@code title} is text. */
  static String of(String title, String body) {
    return TEMPLATE.replace("@TITLE@", Html.escape(title)).replace("@BODY@", body);
  }
}
