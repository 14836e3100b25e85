package dev.berth.operator.flavors;

import dev.berth.crds.Accelerator;
import dev.berth.crds.FlavorSpec;
import dev.berth.crds.FlavorStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A flavor in words, for {@code kubectl get flavors}. */
final class FlavorWords {
  private FlavorWords() {}

  static FlavorStatus of(FlavorSpec spec, long generation) {
    return new FlavorStatus(
        accelerator(spec.accelerator()),
        number(spec.cpuMilli(), 1000),
        number(spec.memoryMib(), 1024) + "Gi",
        price(spec.priceMicroUsdPerHour()),
        spec.availableFor().isEmpty()
            ? "-"
            : spec.availableFor().stream().map(Enum::name).collect(Collectors.joining(",")),
        generation);
  }

  private static @Nullable String accelerator(@Nullable Accelerator a) {
    if (a == null) {
      return null;
    }
    return switch (a.kind()) {
      case GPUS -> a.model();
      case MIG -> a.model() + " " + a.profile();
      case SHARE -> a.model() + " " + a.milli() + "m";
      case TPU -> a.generation() + " " + a.topology();
      case SEAT -> "shared by turns";
    };
  }

  private static String number(long amount, long unit) {
    return BigDecimal.valueOf(amount)
        .divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** At least cents, more digits only where they matter. */
  static String price(long microUsd) {
    BigDecimal usd = BigDecimal.valueOf(microUsd, 6).stripTrailingZeros();
    return "$" + usd.setScale(Math.max(2, usd.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
