package dev.berth.hub.credits;

/**
 * An account's credits twice: as its row says and as the postings and open draws add up. All in
 * micro-USD.
 *
 * @param paidIn by top-ups
 * @param charged for draws
 * @param balance is to be {@code paidIn} less {@code charged}
 * @param openDraws what open draws hold; {@code reserved} is to be the same
 */
public record CreditBook(
    String account, long paidIn, long charged, long balance, long openDraws, long reserved) {}
