package dev.berth.turns.model;

/**
 * A whole GPU or a slice that runs one turn at a time.
 *
 * @param index unique in the queue; 2n and 2n+1 on one node are a pair, which an xlarge turn takes
 * @param memoryMib for the weights of the Spaces that ran here last
 */
public record Device(int index, int node, long memoryMib) {
  /** The other half of its pair. */
  public int mate() {
    return index ^ 1;
  }
}
