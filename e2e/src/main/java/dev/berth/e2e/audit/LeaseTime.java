package dev.berth.e2e.audit;

/**
 * One lease in the node's journal and in the hub's ledger.
 *
 * @param heldNanos held by the journal
 * @param billedNanos held time that the ledger priced or keeps for pricing
 * @param ended whether the journal says that it will not grow
 */
public record LeaseTime(
    String lease, String account, String flavor, long heldNanos, long billedNanos, boolean ended) {}
