package dev.berth.collect;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in key order. An update costs O(log n) and shares the rest with the former
 * version, so every state of a core is a snapshot for free. A balanced (AVL) tree that knows its
 * sizes, so the rank of a key costs O(log n) too.
 */
public final class OrderedMap<K extends Comparable<K>, V> extends AbstractMap<K, V> {
  /** {@code rank} is the size of {@code left}, here so that it need not be looked at. */
  private record Tree<K, V>(
      K key,
      V value,
      @Nullable Tree<K, V> left,
      @Nullable Tree<K, V> right,
      int height,
      int size,
      int rank) {

    /** With as many entries below, and as high. */
    Tree<K, V> with(K key, V value, @Nullable Tree<K, V> left, @Nullable Tree<K, V> right) {
      return new Tree<>(key, value, left, right, height, size, rank);
    }
  }

  private static final OrderedMap<?, ?> EMPTY = new OrderedMap<String, Object>(null);

  private final @Nullable Tree<K, V> root;

  private OrderedMap(@Nullable Tree<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // Empty maps hold no key and no value.
  public static <K extends Comparable<K>, V> OrderedMap<K, V> empty() {
    return (OrderedMap<K, V>) EMPTY;
  }

  public OrderedMap<K, V> with(K key, V value) {
    return new OrderedMap<>(insert(root, key, value));
  }

  /** As {@link #with} for a key of which the rank is known; quicker when it is right. */
  public OrderedMap<K, V> withAt(int rank, K key, V value) {
    Tree<K, V> now = rank < size() ? replace(root, rank, key, value) : null;
    return now == null ? with(key, value) : new OrderedMap<>(now);
  }

  /** Null when another key has this rank. */
  private static <K extends Comparable<K>, V> @Nullable Tree<K, V> replace(
      @Nullable Tree<K, V> at, int rank, K key, V value) {
    if (at == null) {
      return null;
    }
    if (rank == at.rank) {
      return same(at.key, key) ? at.with(key, value, at.left, at.right) : null;
    }
    if (rank < at.rank) {
      Tree<K, V> left = replace(at.left, rank, key, value);
      return left == null ? null : at.with(at.key, at.value, left, at.right);
    }
    Tree<K, V> right = replace(at.right, rank - at.rank - 1, key, value);
    return right == null ? null : at.with(at.key, at.value, at.left, right);
  }

  /** This map without {@code key}; the same object when it is absent. */
  public OrderedMap<K, V> without(K key) {
    return containsKey(key) ? new OrderedMap<>(remove(root, key)) : this;
  }

  /** The number of keys smaller than {@code key}. */
  public int rank(K key) {
    int rank = 0;
    Tree<K, V> at = root;
    while (at != null) {
      int order = key.compareTo(at.key);
      rank += order > 0 ? at.rank + 1 : order == 0 ? at.rank : 0;
      at = order == 0 ? null : order < 0 ? at.left : at.right;
    }
    return rank;
  }

  @Override
  @SuppressWarnings("unchecked") // The signature of Map.get; a key of another type is a bug.
  public @Nullable V get(@Nullable Object key) {
    Tree<K, V> at = root;
    while (at != null && key != null) {
      int order = ((K) key).compareTo(at.key);
      if (order == 0) {
        return at.value;
      }
      at = order < 0 ? at.left : at.right;
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size(root);
  }

  /** Hears of one key that differs; null stands for absent, {@code rank} is that before, or -1. */
  @FunctionalInterface
  public interface Difference<K, V> {
    void at(int rank, K key, @Nullable V before, @Nullable V after);
  }

  /**
   * Tells each key whose value is not the same object in {@code after}, in no order. Shared parts
   * are passed over, so between close versions it costs O(changes x log n).
   */
  public void differences(OrderedMap<K, V> after, Difference<K, V> told) {
    differences(0, root, after.root, told);
  }

  /** {@code first} is the rank of the first key of {@code before}. */
  private static <K extends Comparable<K>, V> void differences(
      int first, @Nullable Tree<K, V> before, @Nullable Tree<K, V> after, Difference<K, V> told) {
    if (before == after) {
      return;
    }
    if (before != null && after != null && same(before.key, after.key)) {
      if (before.value != after.value) {
        told.at(first + before.rank, before.key, before.value, after.value);
      }
      differences(first, before.left, after.left, told);
      differences(first + before.rank + 1, before.right, after.right, told);
    } else {
      unaligned(first, new OrderedMap<>(before), new OrderedMap<>(after), told);
    }
  }

  private static <K extends Comparable<K>> boolean same(K one, K other) {
    return one == other || one.compareTo(other) == 0;
  }

  /** A rotation or a new key moved the roots apart: compares key by key. */
  private static <K extends Comparable<K>, V> void unaligned(
      int first, OrderedMap<K, V> before, OrderedMap<K, V> after, Difference<K, V> told) {
    int rank = first;
    for (Map.Entry<K, V> entry : before.entrySet()) {
      V now = after.get(entry.getKey());
      if (now != entry.getValue()) {
        told.at(rank, entry.getKey(), entry.getValue(), now);
      }
      rank++;
    }
    for (Map.Entry<K, V> entry : after.entrySet()) {
      if (!before.containsKey(entry.getKey())) {
        told.at(-1, entry.getKey(), null, entry.getValue());
      }
    }
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new InOrder<>(root);
      }

      @Override
      public int size() {
        return OrderedMap.size(root);
      }
    };
  }

  /** The entries from {@code key} on; finding the first one costs O(log n). */
  public Iterator<Map.Entry<K, V>> from(K key) {
    return new InOrder<>(root, key);
  }

  private static int size(@Nullable Tree<?, ?> tree) {
    return tree == null ? 0 : tree.size;
  }

  private static int height(@Nullable Tree<?, ?> tree) {
    return tree == null ? 0 : tree.height;
  }

  private static <K extends Comparable<K>, V> Tree<K, V> insert(
      @Nullable Tree<K, V> at, K key, V value) {
    if (at == null) {
      return join(key, value, null, null);
    }
    int order = key.compareTo(at.key);
    if (order == 0) {
      return at.with(key, value, at.left, at.right);
    }
    return order < 0
        ? withLeft(at, insert(at.left, key, value))
        : withRight(at, insert(at.right, key, value));
  }

  /** Most changes leave heights as they are; then the other side need not be looked at. */
  private static <K, V> Tree<K, V> withLeft(Tree<K, V> at, Tree<K, V> left) {
    if (left.height != height(at.left)) {
      return balance(at.key, at.value, left, at.right);
    }
    int size = at.size + left.size - at.rank;
    return new Tree<>(at.key, at.value, left, at.right, at.height, size, left.size);
  }

  private static <K, V> Tree<K, V> withRight(Tree<K, V> at, Tree<K, V> right) {
    if (right.height != height(at.right)) {
      return balance(at.key, at.value, at.left, right);
    }
    int size = at.rank + 1 + right.size;
    return new Tree<>(at.key, at.value, at.left, right, at.height, size, at.rank);
  }

  private static <K extends Comparable<K>, V> @Nullable Tree<K, V> remove(
      @Nullable Tree<K, V> at, K key) {
    if (at == null) {
      return null;
    }
    int order = key.compareTo(at.key);
    if (order < 0) {
      return balance(at.key, at.value, remove(at.left, key), at.right);
    }
    if (order > 0) {
      return balance(at.key, at.value, at.left, remove(at.right, key));
    }
    if (at.left == null || at.right == null) {
      return at.left == null ? at.right : at.left;
    }
    Tree<K, V> next = at.right;
    while (next.left != null) {
      next = next.left;
    }
    return balance(next.key, next.value, at.left, remove(at.right, next.key));
  }

  private static <K, V> Tree<K, V> join(
      K key, V value, @Nullable Tree<K, V> left, @Nullable Tree<K, V> right) {
    int height = Math.max(height(left), height(right)) + 1;
    int rank = size(left);
    return new Tree<>(key, value, left, right, height, rank + size(right) + 1, rank);
  }

  private static <K, V> Tree<K, V> balance(
      K key, V value, @Nullable Tree<K, V> left, @Nullable Tree<K, V> right) {
    if (left != null && left.height > height(right) + 1) {
      Tree<K, V> inner = left.right;
      return inner != null && inner.height > height(left.left)
          ? join(
              inner.key,
              inner.value,
              join(left.key, left.value, left.left, inner.left),
              join(key, value, inner.right, right))
          : join(left.key, left.value, left.left, join(key, value, inner, right));
    }
    if (right != null && right.height > height(left) + 1) {
      Tree<K, V> inner = right.left;
      return inner != null && inner.height > height(right.right)
          ? join(
              inner.key,
              inner.value,
              join(key, value, left, inner.left),
              join(right.key, right.value, inner.right, right.right))
          : join(right.key, right.value, join(key, value, left, inner), right.right);
    }
    return join(key, value, left, right);
  }

  private static final class InOrder<K extends Comparable<K>, V>
      implements Iterator<Map.Entry<K, V>> {
    private final Deque<Tree<K, V>> path = new ArrayDeque<>();

    InOrder(@Nullable Tree<K, V> root) {
      descend(root);
    }

    InOrder(@Nullable Tree<K, V> root, K first) {
      Tree<K, V> at = root;
      while (at != null) {
        boolean behind = first.compareTo(at.key) <= 0;
        if (behind) {
          path.push(at);
        }
        at = behind ? at.left : at.right;
      }
    }

    private void descend(@Nullable Tree<K, V> tree) {
      for (Tree<K, V> at = tree; at != null; at = at.left) {
        path.push(at);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException();
      }
      Tree<K, V> at = path.pop();
      descend(at.right);
      return Map.entry(at.key, at.value);
    }
  }
}
