package dev.berth.hub.accounts;

import dev.berth.api.process.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The administrator who exists before anybody can be added: the holder of a token in a file. */
public final class FirstAdmin {
  public static final String ACCOUNT = "admin";

  private FirstAdmin() {}

  /** Takes the token of {@code file}; a changed file replaces the former token. */
  public static void admit(Tokens tokens, Path file) {
    tokens.put("first-admin", token(file), ACCOUNT, true);
  }

  private static String token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (!token.matches("hf_[A-Za-z0-9]{20,}")) {
        throw new ConfigException(
            "adminTokenFile "
                + file
                + " holds no usable token; expected hf_ and at least 20 letters or digits");
      }
      return token;
    } catch (IOException e) {
      throw new ConfigException("adminTokenFile " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
