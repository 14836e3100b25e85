package dev.berth.operator.plan;

/** What keeps a pod from serving. {@code fatal}: it will not start without a change. */
public record Trouble(String reason, String message, boolean fatal) {}
