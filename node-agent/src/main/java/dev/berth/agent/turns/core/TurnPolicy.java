package dev.berth.agent.turns.core;

import dev.berth.turns.queue.QueuePolicy;

/**
 * The numbers of the life of a turn, in nanoseconds.
 *
 * @param maxWait in the queue
 * @param allowWithin a granted turn whose worker did not show up after this is over
 * @param grace between the end of the reservation and the kill
 * @param idleWorker a worker that did nothing for so long is ended
 * @param drawPatience a call waits so long for quota, when none is held here
 * @param idleAllowance an allowance that nobody touched for so long goes back
 * @param load what bringing a Space's weights onto a device is taken to cost
 */
public record TurnPolicy(
    QueuePolicy queue,
    long maxWait,
    long allowWithin,
    long grace,
    long idleWorker,
    long drawPatience,
    long idleAllowance,
    long load) {}
