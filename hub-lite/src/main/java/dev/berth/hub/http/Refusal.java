package dev.berth.hub.http;

import io.javalin.http.Context;
import java.util.Map;

/**
 * A request that is not answered: status, code and sentence, in the shape that Hub clients read.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  public Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public void answer(Context context) {
    String sentence = String.valueOf(getMessage());
    if (status == 401) {
      context.header(
          "WWW-Authenticate", "Basic realm=\"Berth: any user name, the token as password\"");
    }
    context
        .header("X-Error-Code", code)
        .header("X-Error-Message", sentence.replaceAll("[^\\x20-\\x7e]", "?"));
    Json.answer(context.status(status), Map.of("error", sentence));
  }
}
