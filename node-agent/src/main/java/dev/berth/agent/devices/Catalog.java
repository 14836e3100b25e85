package dev.berth.agent.devices;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is known of card models and TPU generations without asking a driver. */
public final class Catalog {
  private final List<CardModel> cards;
  private final List<String[]> profiles;
  private final List<TpuModel> tpus;

  public Catalog() {
    cards = rows("cards.csv").stream().map(CardModel::of).toList();
    profiles = rows("mig-profiles.csv");
    tpus = rows("tpus.csv").stream().map(TpuModel::of).toList();
  }

  /** {@code product} is a regular expression over the driver's product name. */
  public record CardModel(
      String model, long memoryMib, int migUnits, int migSlices, String product) {
    private static CardModel of(String[] r) {
      return new CardModel(
          r[0], Long.parseLong(r[1]), Integer.parseInt(r[2]), Integer.parseInt(r[3]), r[4]);
    }
  }

  /** {@code typeCores} are counted for each chip in accelerator types such as "v5litepod-8". */
  public record TpuModel(String generation, long chipMemoryMib, String typePrefix, int typeCores) {
    private static TpuModel of(String[] r) {
      return new TpuModel(r[0], Long.parseLong(r[1]), r[2], Integer.parseInt(r[3]));
    }
  }

  public Optional<CardModel> card(String model) {
    return cards.stream().filter(c -> c.model().equals(model)).findFirst();
  }

  public Optional<CardModel> byProduct(String product) {
    return cards.stream().filter(c -> product.matches(c.product())).findFirst();
  }

  public List<String> cardModels() {
    return cards.stream().map(CardModel::model).toList();
  }

  public Optional<TpuModel> tpu(String generation) {
    return tpus.stream().filter(t -> t.generation().equals(generation)).findFirst();
  }

  public List<String> tpuGenerations() {
    return tpus.stream().map(TpuModel::generation).toList();
  }

  /** Profiles of a card model; empty if it cannot be cut. */
  public List<MigProfile> profiles(String model) {
    return profiles.stream().filter(r -> r[0].equals(model)).map(Catalog::profile).toList();
  }

  private static MigProfile profile(String[] r) {
    return new MigProfile(
        r[1],
        Integer.parseInt(r[2]),
        Integer.parseInt(r[3]),
        Integer.parseInt(r[4]),
        Integer.parseInt(r[5]),
        Arrays.stream(r[6].split("\\|")).map(Integer::valueOf).toList(),
        Long.parseLong(r[7]),
        r[8].equals("yes"));
  }

  private static List<String[]> rows(String name) {
    InputStream in =
        Objects.requireNonNull(Catalog.class.getResourceAsStream("/catalog/" + name), name);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(l -> !l.startsWith("#"))
          .skip(1)
          .map(l -> l.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
