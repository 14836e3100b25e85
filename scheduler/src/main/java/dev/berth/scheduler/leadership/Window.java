package dev.berth.scheduler.leadership;

/**
 * How far deciding may run ahead of what is durable: so many {@code commits} on their way, each of
 * at most so many {@code decisions}, and closed by the decision that reaches {@code leases}. A
 * lease takes some 200 bytes and ZooKeeper takes 1 MiB in one transaction.
 */
public record Window(int commits, int decisions, int leases) {
  public static final Window STANDARD = new Window(4, 256, 512);
}
