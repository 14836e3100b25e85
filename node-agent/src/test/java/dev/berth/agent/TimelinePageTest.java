package dev.berth.agent;

import static dev.berth.agent.core.Leases.claim;
import static dev.berth.agent.core.Leases.grant;
import static dev.berth.agent.core.Leases.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Ledger;
import dev.berth.agent.core.Moment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelinePageTest {
  @Test
  void showsWhatTheAuditNeeds() throws JsonProcessingException {
    // Given
    AgentState state = AgentState.empty("j");
    List<Event> events =
        List.of(
            new Event.Booted("boot"),
            new Event.DevicesSeen(Map.of("gpu-0", "H200-141")),
            new Event.LeasePrepared(grant("a#0", 1, whole(0)), claim("u", whole(0))));
    for (Event event : events) {
      state = Ledger.step(state, event, new Moment(0, 1_000));
    }

    // When
    state = Ledger.advance(state, new Moment(70, 1_070));
    JsonNode page = new ObjectMapper().readTree(TimelinePage.json("n1", state));

    // Then
    assertThat(page.get("journalId").asText()).isEqualTo("j");
    assertThat(page.get("bootId").asText()).isEqualTo("boot");
    assertThat(page.get("nowUnixNanos").asLong()).isEqualTo(1_070);
    assertThat(page.at("/devices/0/heldNanos").asLong()).isEqualTo(70);
    assertThat(page.at("/devices/0/wallNanos").asLong()).isEqualTo(70);
    assertThat(page.at("/leases/0/leaseId").asText()).isEqualTo("a#0");
    assertThat(page.at("/leases/0/heldNanos").asLong()).isEqualTo(70);
    assertThat(page.at("/leases/0/ended").asBoolean()).isFalse();
  }
}
