package dev.berth.agent.turns.journal;

import dev.berth.agent.journal.Frames;
import dev.berth.agent.journal.JournalException;
import dev.berth.agent.turns.core.Book;
import dev.berth.agent.turns.core.TurnFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in {@code turns.journal} of a directory: a snapshot, then facts. A snapshot replaces
 * the file in one step. After a failed write it refuses all further work.
 */
public final class FileTurnJournal implements TurnJournal {
  private static final Logger LOG = LoggerFactory.getLogger(FileTurnJournal.class);
  private static final long COMPACT_AT = 8L << 20;

  private final Path file;
  private final Object fsync = new Object();
  private volatile FileChannel channel;
  private volatile boolean broken;
  private volatile boolean dirty;
  private long grown;

  private FileTurnJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** What was recovered, and the journal to go on with. */
  public record Opened(Book book, TurnJournal journal) {}

  /** Reads {@code dir}; a torn tail is cut, a file damaged inside is kept aside as well. */
  public static Opened open(Path dir) {
    Path file = dir.resolve("turns.journal");
    try {
      Files.createDirectories(dir);
      Book book = Files.exists(file) ? read(file) : Book.EMPTY;
      return new Opened(book, new FileTurnJournal(file, replace(file, book)));
    } catch (IOException e) {
      throw new JournalException("Cannot open the journal of turns " + file, e);
    }
  }

  private static Book read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Frames.Scan scan = Frames.scan(bytes);
    List<byte[]> records = scan.records();
    if (scan.damagedInside() || records.isEmpty() || !FactCodec.isSnapshot(records.getFirst())) {
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("goodBytes", scan.goodEnd())
          .addKeyValue("lostBytes", bytes.length - scan.goodEnd())
          .log("The journal of turns is damaged; what follows is lost, and a copy is kept.");
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".bad"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return records.isEmpty() || !FactCodec.isSnapshot(records.getFirst())
        ? Book.EMPTY
        : replay(records);
  }

  private static Book replay(List<byte[]> records) {
    Book book = FactCodec.book(records.getFirst());
    for (byte[] record : records.subList(1, records.size())) {
      for (TurnFact fact : FactCodec.facts(record)) {
        book = book.with(fact);
      }
    }
    return book;
  }

  private static FileChannel replace(Path file, Book book) throws IOException {
    Path tmp = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            tmp,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, Frames.HEADER);
      write(out, Frames.frame(FactCodec.write(book)));
      out.force(true);
    }
    Files.move(tmp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return channel;
  }

  private static void write(FileChannel to, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }

  @Override
  public void append(List<TurnFact> facts) {
    refuseIfBroken();
    try {
      byte[] frame = Frames.frame(FactCodec.write(facts));
      write(channel, frame);
      grown += frame.length;
      dirty = true;
    } catch (IOException e) {
      throw broke("write", e);
    }
  }

  @Override
  public void sync() {
    synchronized (fsync) {
      refuseIfBroken();
      if (!dirty) {
        return;
      }
      dirty = false;
      try {
        channel.force(false);
      } catch (IOException e) {
        throw broke("fsync", e);
      }
    }
  }

  @Override
  public boolean wantsCompaction() {
    return grown > COMPACT_AT;
  }

  @Override
  public void compact(Book book) {
    synchronized (fsync) {
      refuseIfBroken();
      try {
        FileChannel old = channel;
        channel = replace(file, book);
        grown = 0;
        dirty = false;
        old.close();
      } catch (IOException e) {
        throw broke("compaction", e);
      }
    }
  }

  private void refuseIfBroken() {
    if (broken) {
      throw new JournalException(
          "The journal of turns " + file + " failed before; restart the agent to read it afresh",
          new IOException("journal is closed after a failure"));
    }
  }

  private JournalException broke(String what, IOException e) {
    broken = true;
    return new JournalException(
        "The " + what + " of the journal of turns " + file + " failed; check the disk", e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("Cannot close the journal of turns " + file, e);
    }
  }
}
