package dev.berth.agent.journal;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Ledger;
import dev.berth.agent.core.Moment;
import dev.berth.agent.wire.journal.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a journal directory: reads the newest file that starts with a good snapshot, replays it,
 * and cuts it at the first bad record. When the bad record is not a torn tail, more is lost,
 * perhaps reports that were sent; the damaged file is kept aside and reports go on under a new
 * journal identity.
 */
public final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Pattern NAME = Pattern.compile("usage-(\\d{8})\\.journal");

  private final Path dir;
  private final Supplier<String> newJournalId;

  public Recovery(Path dir, Supplier<String> newJournalId) {
    this.dir = dir;
    this.newJournalId = newJournalId;
  }

  /** What was recovered, and the journal to go on with. */
  public record Opened(AgentState state, Journal journal) {}

  public Opened open(Moment now) {
    try {
      Files.createDirectories(dir);
      for (long generation : generations()) {
        Frames.Scan scan = Frames.scan(Files.readAllBytes(FileJournal.file(dir, generation)));
        if (startsWithSnapshot(scan)) {
          return resume(generation, scan, now);
        }
        LOG.atError()
            .addKeyValue("file", FileJournal.file(dir, generation))
            .log("A usage journal file has no readable start; trying the one before it.");
        keepAside(generation);
      }
      return fresh(now);
    } catch (IOException e) {
      throw new JournalException("Cannot open the usage journal in " + dir, e);
    }
  }

  private Opened fresh(Moment now) throws IOException {
    AgentState state = AgentState.empty(newJournalId.get());
    LOG.atInfo()
        .addKeyValue("dir", dir)
        .addKeyValue("journal", state.journalId())
        .log("Starting a new usage journal.");
    return new Opened(state, FileJournal.create(dir, nextGeneration(), state, now));
  }

  private Opened resume(long generation, Frames.Scan scan, Moment now) throws IOException {
    AgentState state = replay(scan.records());
    Path file = FileJournal.file(dir, generation);
    long lost = Files.size(file) - scan.goodEnd();
    if (lost > 0) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("goodBytes", scan.goodEnd())
          .addKeyValue("lostBytes", lost)
          .addKeyValue("damagedInside", scan.damagedInside())
          .log("The usage journal has a bad record; everything from there on is cut off.");
    }
    if (scan.damagedInside()) {
      return renew(generation, state, now);
    }
    return new Opened(state, FileJournal.continueAt(dir, generation, scan.goodEnd()));
  }

  private Opened renew(long generation, AgentState state, Moment now) throws IOException {
    Moment last = new Moment(state.time().at() - state.time().offset(), state.time().unix());
    AgentState renewed = Ledger.step(state, new Event.JournalRenewed(newJournalId.get()), last);
    FileJournal journal = FileJournal.create(dir, generation + 1, renewed, now);
    keepAside(generation);
    return new Opened(renewed, journal);
  }

  static AgentState replay(List<byte[]> records) {
    AgentState state = SnapshotCodec.read(RecordCodec.parse(records.getFirst()).getSnapshot());
    for (byte[] payload : records.subList(1, records.size())) {
      Record record = RecordCodec.parse(payload);
      state = Ledger.step(state, RecordCodec.event(record), RecordCodec.moment(record));
    }
    return state;
  }

  private static boolean startsWithSnapshot(Frames.Scan scan) {
    return !scan.records().isEmpty() && RecordCodec.parse(scan.records().getFirst()).hasSnapshot();
  }

  private void keepAside(long generation) throws IOException {
    Path file = FileJournal.file(dir, generation);
    Files.move(file, file.resolveSibling(file.getFileName() + "." + newJournalId.get() + ".bad"));
  }

  private long nextGeneration() throws IOException {
    return generations().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
  }

  private List<Long> generations() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(f -> NAME.matcher(f.getFileName().toString()))
          .filter(Matcher::matches)
          .map(m -> Long.parseLong(m.group(1)))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }
}
