package dev.berth.hub.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The token of an {@code Authorization} header. Pure. */
public final class Authorization {
  private Authorization() {}

  /**
   * Bearer: the token itself. Basic: the password, whatever the user name. Null if there is none.
   */
  public static @Nullable String token(@Nullable String header) {
    if (header == null) {
      return null;
    }
    int space = header.indexOf(' ');
    String value = header.substring(space + 1).strip();
    String scheme = header.substring(0, Math.max(0, space));
    if (scheme.equalsIgnoreCase("Bearer")) {
      return value;
    }
    return scheme.equalsIgnoreCase("Basic") ? password(value) : null;
  }

  private static @Nullable String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : pair.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
