package dev.berth.scheduler.store;

/**
 * One leader's time in office. {@code epoch} grows with every term; {@code fence} is what each
 * write is checked against, so a deposed leader cannot write.
 */
public record Term(long epoch, int fence) {}
