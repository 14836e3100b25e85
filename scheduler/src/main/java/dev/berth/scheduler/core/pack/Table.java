package dev.berth.scheduler.core.pack;

/** Numbers by key, for keys that are well mixed already; forgets everything when it is full. */
final class Table {
  static final int ABSENT = Integer.MIN_VALUE;
  private static final int MOST = 1 << 22;
  private long[] keys = new long[1 << 10];
  private int[] values = new int[1 << 10];
  private int size;

  int get(long key) {
    int mask = keys.length - 1;
    for (int at = (int) key & mask; keys[at] != 0; at = (at + 1) & mask) {
      if (keys[at] == key) {
        return values[at];
      }
    }
    return ABSENT;
  }

  void put(long key, int value) {
    if (2 * size >= keys.length) {
      grow();
    }
    insert(key, value);
    size++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    boolean full = size >= MOST;
    int length = full ? keys.length : 2 * keys.length;
    keys = new long[length];
    values = new int[length];
    size = full ? 0 : size;
    for (int i = 0; i < oldKeys.length && !full; i++) {
      if (oldKeys[i] != 0) {
        insert(oldKeys[i], oldValues[i]);
      }
    }
  }

  private void insert(long key, int value) {
    int mask = keys.length - 1;
    int at = (int) key & mask;
    while (keys[at] != 0) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    values[at] = value;
  }
}
