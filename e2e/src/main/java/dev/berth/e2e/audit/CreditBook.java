package dev.berth.e2e.audit;

import java.util.ArrayList;
import java.util.List;

/** An account's prepaid credits in the hub's ledger, in micro-USD. */
public record CreditBook(
    String account, long paidIn, long charged, long balance, long openDraws, long reserved) {

  List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (balance != paidIn - charged) {
      findings.add(
          "Credits of %s: paid in %d less charged %d is not the balance %d micro-USD"
              .formatted(account, paidIn, charged, balance));
    }
    if (reserved != openDraws) {
      findings.add(
          "Credits of %s: open draws hold %d, but %d micro-USD are reserved"
              .formatted(account, openDraws, reserved));
    }
    return findings;
  }
}
