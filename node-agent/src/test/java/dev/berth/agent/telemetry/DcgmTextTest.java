package dev.berth.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.agent.telemetry.Reading.Key;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DcgmTextTest {
  private static final String CARD =
      "gpu=\"2\",UUID=\"GPU-a\",pci_bus_id=\"00000000:4C:00.0\",device=\"nvidia2\",modelName=\"NVIDIA H200\"";

  private static Map<Key, Reading> read(String text) {
    return Reading.group(DcgmText.parse(text));
  }

  private static Reading card(String text) {
    return Objects.requireNonNull(read(text).get(Key.card("GPU-a")));
  }

  @Test
  void bothGenerationsMeanTheSame() {
    String older =
        """
        # HELP DCGM_FI_PROF_SM_ACTIVE Ratio.
        # TYPE DCGM_FI_PROF_SM_ACTIVE gauge
        DCGM_FI_PROF_SM_ACTIVE{%1$s,Hostname="n1"} 0.500000
        DCGM_FI_DEV_POWER_USAGE{%1$s,Hostname="n1"} 301.25
        DCGM_FI_DEV_XID_ERRORS{%1$s,Hostname="n1",err_code="31",err_msg="GPU memory page fault"} 31
        """
            .formatted(CARD);
    String newer =
        """
        DCGM_FI_PROF_SM_UTIL_RATIO{%1$s,hostname="n1"} 0.500000
        DCGM_FI_DEV_BOARD_POWER_WATTS{%1$s,hostname="n1"} 301.25
        DCGM_FI_DEV_XID_ERROR{%1$s,hostname="n1"} 31
        """
            .formatted(CARD);
    assertThat(card(older)).isEqualTo(card(newer));
    assertThat(card(older).host()).isEqualTo("n1");
    assertThat(card(older).value(DcgmField.XID)).hasValue(31);
  }

  @Test
  void migRowsAreToldApartByInstance() {
    Map<Key, Reading> rows =
        read(
            """
            DCGM_FI_PROF_GR_ENGINE_ACTIVE{%1$s,GPU_I_PROFILE="3g.71gb",GPU_I_ID="1",Hostname="n"} 0.731204
            DCGM_FI_PROF_GR_ENGINE_ACTIVE{%1$s,GPU_I_PROFILE="3g.71gb",GPU_I_ID="2",Hostname="n"} 0.1
            """
                .formatted(CARD));
    assertThat(rows).containsOnlyKeys(new Key("GPU-a", 1), new Key("GPU-a", 2));
    assertThat(Objects.requireNonNull(rows.get(new Key("GPU-a", 1))).busy()).hasValue(0.731204);
  }

  @Test
  void missingSeriesAndBlanksAreNoValue() {
    Reading card =
        card(
            """
            DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{%1$s} 9223372036854775794
            DCGM_FI_PROF_SM_ACTIVE{%1$s} NaN
            DCGM_FI_DEV_GPU_UTIL{%1$s} 40
            """
                .formatted(CARD));
    assertThat(card.value(DcgmField.ENERGY)).isEmpty();
    assertThat(card.value(DcgmField.FB_USED)).isEmpty();
    assertThat(card.busy()).hasValue(0.4);
  }

  @Test
  void smActiveIsPreferredForBusy() {
    Reading card =
        card(
            """
            DCGM_FI_DEV_GPU_UTIL{%1$s} 100
            DCGM_FI_PROF_GR_ENGINE_ACTIVE{%1$s} 0.9
            DCGM_FI_PROF_SM_ACTIVE{%1$s} 0.3
            """
                .formatted(CARD));
    assertThat(card.busy()).hasValue(0.3);
  }

  @Test
  void theXidWindowIsReadByCode() {
    Reading card =
        card(
            """
            DCGM_EXP_XID_ERRORS_COUNT{%1$s,window_size_in_ms="300000",xid="79"} 2
            DCGM_EXP_XID_ERRORS_COUNT{%1$s,window_size_in_ms="300000",xid="31"} 0
            DCGM_EXP_XID_ERRORS_COUNT{%1$s,window_size_in_ms="300000"} 0
            """
                .formatted(CARD));
    assertThat(card.recentXids()).containsExactly(79);
  }

  @Test
  void oddLinesAreSkippedAndEscapesUnderstood() {
    Map<Key, Reading> rows =
        read(
            """

            garbage
            DCGM_FI_DEV_GPU_UTIL{UUID="GPU-a"
            DCGM_FI_DEV_GPU_UTIL{UUID="GPU-a"} abc
            DCGM_FI_DEV_FB_USED{UUID="GPU-a",modelName="quote \\" brace } comma , slash \\\\"} 17 1700000000000
            DCGM_FI_DEV_FB_USED{gpu_uuid="GPU-b",nvlink="0"} 1
            some_other_metric{UUID="GPU-a"} 5
            """);
    assertThat(rows).containsOnlyKeys(Key.card("GPU-a"));
    assertThat(
            card("DCGM_FI_DEV_FB_USED{UUID=\"GPU-a\"} 17 1700000000000").value(DcgmField.FB_USED))
        .hasValue(17);
  }
}
