package dev.berth.hub.credits;

import java.util.List;

/** The prepaid credits of all accounts. */
public interface Credits {
  Balance balance(String account);

  /** All accounts with credits, by name. */
  List<CreditBook> books();

  /**
   * Adds to a balance. A repetition of {@code reference} changes nothing; one with other content is
   * a {@link ContradictionException}.
   */
  Balance topUp(String account, long microUsd, String reference);

  /** Takes between {@code least} and {@code most}; the first answer for {@code draw} stands. */
  Reservation reserve(String draw, String account, long least, long most);

  /**
   * Takes what was used out of the balance and frees the rest. A repetition changes nothing;
   * another amount, or more than was reserved, is a {@link ContradictionException}.
   */
  void charge(String draw, String account, long microUsd);

  /** The same reference or draw with other content. */
  final class ContradictionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContradictionException(String message) {
      super(message, null, false, false);
    }
  }
}
