package dev.berth.agent.journal;

import dev.berth.agent.core.AgentState;
import dev.berth.agent.core.Event;
import dev.berth.agent.core.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A journal in {@code usage-<n>.journal} of one directory. After a failed write or fsync it refuses
 * all further work: what is on disk is then unknown, and a restart reads it afresh.
 */
public final class FileJournal implements Journal {
  private static final long COMPACT_AT = 8L << 20;

  private final Path dir;
  private final Object fsync = new Object();
  private volatile FileChannel channel;
  private volatile boolean broken;
  private volatile long written;
  private long synced;
  private long generation;
  private long snapshotBytes;
  private long fileBytes;

  private FileJournal(Path dir, FileChannel channel, long generation, long fileBytes) {
    this.dir = dir;
    this.channel = channel;
    this.generation = generation;
    this.fileBytes = fileBytes;
  }

  /** Goes on at the end of a recovered file. */
  static FileJournal continueAt(Path dir, long generation, long end) throws IOException {
    FileChannel channel = FileChannel.open(file(dir, generation), StandardOpenOption.WRITE);
    channel.truncate(end);
    channel.force(true);
    channel.position(end);
    return new FileJournal(dir, channel, generation, end);
  }

  /** A new file that starts with {@code state}. */
  static FileJournal create(Path dir, long generation, AgentState state, Moment now)
      throws IOException {
    FileChannel channel = writeSnapshot(dir, generation, state, now);
    FileJournal journal = new FileJournal(dir, channel, generation, channel.position());
    journal.snapshotBytes = channel.position();
    return journal;
  }

  static Path file(Path dir, long generation) {
    return dir.resolve(String.format("usage-%08d.journal", generation));
  }

  @Override
  public long append(List<Event> events, Moment now) {
    refuseIfBroken();
    long position = written;
    try {
      for (Event event : events) {
        byte[] frame = Frames.frame(RecordCodec.write(event, now).toByteArray());
        writeFully(channel, frame);
        fileBytes += frame.length;
        position += frame.length;
      }
      written = position;
      return position;
    } catch (IOException e) {
      throw broke("write", e);
    }
  }

  @Override
  public void sync(long position) {
    synchronized (fsync) {
      refuseIfBroken();
      if (synced >= position) {
        return;
      }
      long upTo = written;
      try {
        channel.force(false);
        synced = upTo;
      } catch (IOException e) {
        throw broke("fsync", e);
      }
    }
  }

  @Override
  public boolean wantsCompaction() {
    return fileBytes - snapshotBytes > Math.max(COMPACT_AT, snapshotBytes);
  }

  @Override
  public void compact(AgentState state, Moment now) {
    synchronized (fsync) {
      refuseIfBroken();
      try {
        FileChannel old = channel;
        long oldGeneration = generation;
        channel = writeSnapshot(dir, ++generation, state, now);
        snapshotBytes = channel.position();
        fileBytes = snapshotBytes;
        synced = written;
        old.close();
        Files.deleteIfExists(file(dir, oldGeneration));
      } catch (IOException e) {
        throw broke("compaction", e);
      }
    }
  }

  private static FileChannel writeSnapshot(Path dir, long generation, AgentState state, Moment now)
      throws IOException {
    Path temporary = dir.resolve("usage.tmp");
    try (FileChannel tmp =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(tmp, Frames.HEADER);
      writeFully(
          tmp,
          Frames.frame(
              RecordCodec.at(now).setSnapshot(SnapshotCodec.write(state)).build().toByteArray()));
      tmp.force(true);
    }
    Path target = file(dir, generation);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(dir);
    FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return channel;
  }

  private static void forceDirectory(Path dir) throws IOException {
    try (FileChannel d = FileChannel.open(dir, StandardOpenOption.READ)) {
      d.force(true);
    }
  }

  private static void writeFully(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  private void refuseIfBroken() {
    if (broken) {
      throw new JournalException(
          "The usage journal in " + dir + " failed before; restart the agent to read it afresh",
          new IOException("journal is closed after a failure"));
    }
  }

  private JournalException broke(String what, IOException e) {
    broken = true;
    return new JournalException(
        "The " + what + " of the usage journal in " + dir + " failed; check the disk", e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("Cannot close the usage journal in " + dir, e);
    }
  }
}
