package dev.berth.e2e.fleet;

import dev.berth.e2e.PrivateFile;
import dev.berth.e2e.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.stream.Collectors;

/** The Hub token of the first administrator. */
final class AdminToken {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 34;

  private AdminToken() {}

  static void create(Home home, SecureRandom random) {
    if (!Files.exists(home.adminToken())) {
      PrivateFile.write(home.adminToken(), generate(random) + "\n");
    }
  }

  static String generate(SecureRandom random) {
    return random
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1))
        .collect(Collectors.joining("", "hf_", ""));
  }

  static String read(Home home) {
    try {
      return Files.readString(home.adminToken()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
