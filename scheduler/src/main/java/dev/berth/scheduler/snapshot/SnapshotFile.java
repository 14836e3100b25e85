package dev.berth.scheduler.snapshot;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.api.scheduler.v1.SnapshotRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Records in a file: each with its length in front, compressed with gzip. */
public final class SnapshotFile {
  private SnapshotFile() {}

  /** The file is there with all the records, or not at all. */
  public static void write(Path file, Iterator<SnapshotRecord> records) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part)))) {
      while (records.hasNext()) {
        records.next().writeDelimitedTo(out);
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  public static Snapshot read(Path file) throws IOException {
    return SnapshotReader.read(records(file).iterator());
  }

  /** The recorded requests of a file, in order. */
  public static List<PlaceRequest> requests(Path file) throws IOException {
    return records(file).stream()
        .filter(SnapshotRecord::hasRequest)
        .map(SnapshotRecord::getRequest)
        .toList();
  }

  private static List<SnapshotRecord> records(Path file) throws IOException {
    List<SnapshotRecord> records = new ArrayList<>();
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      for (SnapshotRecord record = next(in); record != null; record = next(in)) {
        records.add(record);
      }
    } catch (EOFException | ZipException | InvalidProtocolBufferException e) {
      throw new SnapshotException("The file " + file + " is cut off or damaged: " + e.getMessage());
    }
    return records;
  }

  private static @Nullable SnapshotRecord next(InputStream in) throws IOException {
    return SnapshotRecord.parseDelimitedFrom(in);
  }
}
