package dev.berth.api.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one process's YAML configuration into a record. Durations are ISO-8601 ("PT2S"); an unknown
 * key is an error, so a typing mistake never becomes a silent default. Secrets are configured as
 * paths to files, so the effective configuration may be logged whole.
 */
public final class ConfigFile {
  private static final ObjectMapper YAML =
      JsonMapper.builder(new YAMLFactory())
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  private ConfigFile() {}

  /** The configuration named by {@code --config FILE} on a command line. */
  public static <T> T fromArgs(String[] args, Class<T> type) {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw new ConfigException(
          "Expected exactly: --config FILE, got " + args.length + " arguments: give the YAML file");
    }
    return read(Path.of(args[1]), type);
  }

  /** Reads {@code file}; a {@link ConfigException} names the file, the key and what was wrong. */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return YAML.readValue(expand(file, Files.readString(file), System.getenv()), type);
    } catch (JsonProcessingException e) {
      throw new ConfigException(file + where(e) + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ConfigException("Cannot read the configuration file " + file + ": " + e, e);
    }
  }

  /** Replaces ${NAME} by the environment variable NAME, as pods learn their own names. */
  static String expand(Path file, String text, Map<String, String> environment) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              String value = environment.get(match.group(1));
              if (value == null) {
                throw new ConfigException(
                    file + ": ${" + match.group(1) + "} is not set in the environment; set it");
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String where(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? " at "
            + mapping
                .getPathReference()
                .replaceAll("[\\w.$]+\\[\"(\\w+)\"]", "$1")
                .replace("->", ".")
        : "";
  }
}
