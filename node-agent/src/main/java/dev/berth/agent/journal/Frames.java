package dev.berth.agent.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The framing of a journal file: an eight-byte header, then records of big-endian {@code int
 * length, int crc32c(length, payload), payload}.
 */
public final class Frames {
  public static final byte[] HEADER = {'b', 'e', 'r', 't', 'h', 'j', 0, 1};
  static final int MAX_RECORD = 64 << 20;
  private static final int PREFIX = 8;

  private Frames() {}

  /**
   * The good records from the start.
   *
   * @param goodEnd byte offset of the first bad record, or the end of the file
   * @param damagedInside whether the bad record cannot be the torn last one of a crash
   */
  public record Scan(List<byte[]> records, int goodEnd, boolean damagedInside) {}

  public static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(PREFIX + payload.length)
        .putInt(payload.length)
        .putInt(crc(payload))
        .put(payload)
        .array();
  }

  public static Scan scan(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    int at = hasHeader(file) ? HEADER.length : file.length + 1;
    while (at < file.length && goodAt(file, at)) {
      int length = ByteBuffer.wrap(file, at, PREFIX).getInt();
      records.add(Arrays.copyOfRange(file, at + PREFIX, at + PREFIX + length));
      at += PREFIX + length;
    }
    int end = Math.min(at, file.length);
    return new Scan(records, records.isEmpty() ? 0 : end, !tornTail(file, end));
  }

  private static boolean hasHeader(byte[] file) {
    return file.length >= HEADER.length
        && Arrays.equals(file, 0, HEADER.length, HEADER, 0, HEADER.length);
  }

  private static boolean goodAt(byte[] file, int at) {
    if (file.length - at < PREFIX) {
      return false;
    }
    ByteBuffer prefix = ByteBuffer.wrap(file, at, PREFIX);
    int length = prefix.getInt();
    int crc = prefix.getInt();
    return length > 0
        && length <= MAX_RECORD
        && length <= file.length - at - PREFIX
        && crc == crc(Arrays.copyOfRange(file, at + PREFIX, at + PREFIX + length));
  }

  /** A crash leaves a last record that is cut short, or zeros; anything else was damaged later. */
  private static boolean tornTail(byte[] file, int bad) {
    int left = file.length - bad;
    if (left < PREFIX) {
      return true;
    }
    int length = ByteBuffer.wrap(file, bad, PREFIX).getInt();
    boolean reachesEnd = length > 0 && length <= MAX_RECORD && length >= left - PREFIX;
    return reachesEnd || allZero(file, bad);
  }

  private static boolean allZero(byte[] file, int from) {
    for (int i = from; i < file.length; i++) {
      if (file[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int crc(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(payload.length).flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
