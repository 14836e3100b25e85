package dev.berth.agent.turns.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.berth.agent.journal.JournalException;
import dev.berth.agent.turns.core.Book;
import dev.berth.agent.turns.core.LiveTurn;
import dev.berth.agent.turns.core.TurnFact;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Facts and books as JSON, one document a frame: a snapshot is an object, facts are an array. */
final class FactCodec {
  private static final ObjectMapper JSON = mapper();
  private static final TypeReference<List<TurnFact>> FACTS = new TypeReference<>() {};
  private static final ObjectWriter FACT_WRITER = JSON.writerFor(FACTS);

  private FactCodec() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface ByKind {}

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    for (Class<?> sealed : List.of(TurnFact.class, LiveTurn.Phase.class)) {
      builder.addMixIn(sealed, ByKind.class);
      Arrays.stream(sealed.getPermittedSubclasses())
          .map(c -> new NamedType(c, c.getSimpleName()))
          .forEach(builder::registerSubtypes);
    }
    return builder.build();
  }

  static byte[] write(List<TurnFact> facts) {
    try {
      return FACT_WRITER.writeValueAsBytes(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] write(Book book) {
    try {
      return JSON.writeValueAsBytes(BookSnapshot.of(book));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isSnapshot(byte[] record) {
    return record.length > 0 && record[0] == '{';
  }

  static Book book(byte[] record) {
    try {
      return JSON.readValue(record, BookSnapshot.class).book();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static List<TurnFact> facts(byte[] record) {
    try {
      return JSON.readValue(record, FACTS);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static JournalException unreadable(IOException e) {
    return new JournalException("A record passed its checksum but is not of the turn journal", e);
  }
}
