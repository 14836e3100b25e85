package dev.berth.agent.journal;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A journal file in memory that can lose what was not synced, and tear a record doing so. */
final class MemoryJournal implements Journal {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int synced;
  private boolean dieBeforeSync;

  private MemoryJournal() {}

  /** The next sync fails, as if the machine stopped between write and fsync. */
  void dieBeforeNextSync() {
    dieBeforeSync = true;
  }

  static MemoryJournal fresh(AgentState state, Moment now) {
    MemoryJournal journal = new MemoryJournal();
    journal.compact(state, now);
    return journal;
  }

  /** What is read after a crash: everything synced, and any part of the rest. */
  static MemoryJournal crashed(MemoryJournal old, Random random) {
    int size = old.synced + random.nextInt(old.file.size() - old.synced + 1);
    byte[] left = Arrays.copyOf(old.file.toByteArray(), size);
    MemoryJournal journal = new MemoryJournal();
    journal.put(Arrays.copyOf(left, Frames.scan(left).goodEnd()));
    journal.synced = journal.file.size();
    return journal;
  }

  int size() {
    return file.size();
  }

  AgentState replay() {
    return Recovery.replay(Frames.scan(file.toByteArray()).records());
  }

  @Override
  public long append(List<Event> events, Moment now) {
    events.forEach(e -> put(Frames.frame(RecordCodec.write(e, now).toByteArray())));
    return file.size();
  }

  private void put(byte[] bytes) {
    file.write(bytes, 0, bytes.length);
  }

  @Override
  public void sync(long position) {
    if (dieBeforeSync) {
      throw new JournalException("crash", new IOException("simulated"));
    }
    synced = file.size();
  }

  @Override
  public boolean wantsCompaction() {
    return file.size() > 60_000;
  }

  @Override
  public void compact(AgentState state, Moment now) {
    file.reset();
    put(Frames.HEADER);
    put(
        Frames.frame(
            RecordCodec.at(now).setSnapshot(SnapshotCodec.write(state)).build().toByteArray()));
    synced = file.size();
  }

  @Override
  public void close() {}
}
