package dev.berth.agent.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The exporter's fields that we read, by the names of both DCGM generations (before and from 4.6).
 */
public enum DcgmField {
  GPU_UTIL("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_GPU_UTIL_RATIO"),
  GR_ENGINE_ACTIVE("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO"),
  SM_ACTIVE("DCGM_FI_PROF_SM_ACTIVE", "DCGM_FI_PROF_SM_UTIL_RATIO"),
  POWER("DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_BOARD_POWER_WATTS"),
  ENERGY("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"),
  FB_USED("DCGM_FI_DEV_FB_USED"),
  FB_FREE("DCGM_FI_DEV_FB_FREE"),
  XID("DCGM_FI_DEV_XID_ERRORS", "DCGM_FI_DEV_XID_ERROR"),
  XID_COUNT("DCGM_EXP_XID_ERRORS_COUNT");

  private static final Map<String, DcgmField> BY_NAME =
      Arrays.stream(values())
          .flatMap(f -> f.names.stream().map(n -> Map.entry(n, f)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  DcgmField(String... names) {
    this.names = List.of(names);
  }

  static Optional<DcgmField> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
