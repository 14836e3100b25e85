package dev.berth.hub.credits;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Credits in PostgreSQL. Each change locks the row of its account first, so an account's changes
 * are one after another; the checks of the tables refuse what would overspend.
 */
public final class PostgresCredits implements Credits {
  private static final String CASH = "cash-clearing";
  private static final String REVENUE = "revenue:zero-gpu";
  private final Jdbi jdbi;

  public PostgresCredits(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** An account's row of {@code credit_account}. */
  private record Row(long balance, long held) {}

  private record Hold(String account, long reserved, boolean pending, @Nullable Long charged) {}

  @Override
  public Balance balance(String account) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select balance, held from credit_account where account = :account")
                .bind("account", account)
                .map((row, context) -> Balance.of(row.getLong(1), row.getLong(2)))
                .findOne()
                .orElse(Balance.NOTHING));
  }

  @Override
  public List<CreditBook> books() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select account,
                           coalesce((select sum(micro_usd) from credit_posting where to_ledger = 'credits:' || a.account), 0),
                           coalesce((select sum(micro_usd) from credit_posting where from_ledger = 'credits:' || a.account), 0),
                           balance,
                           coalesce((select sum(reserved) from credit_hold h
                                     where h.account = a.account and charged is null), 0),
                           held
                    from credit_account a order by account
                    """)
                .map(
                    (row, context) ->
                        new CreditBook(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6)))
                .list());
  }

  @Override
  public Balance topUp(String account, long microUsd, String reference) {
    return jdbi.inTransaction(
        handle -> {
          Row row = lock(handle, account);
          if (!post(handle, "top-up/" + reference, CASH, ledger(account), microUsd)) {
            requireSame(handle, "top-up/" + reference, ledger(account), microUsd);
            return Balance.of(row.balance(), row.held());
          }
          set(handle, account, row.balance() + microUsd, row.held());
          return Balance.of(row.balance() + microUsd, row.held());
        });
  }

  private static void requireSame(Handle handle, String reference, String to, long microUsd) {
    boolean same =
        handle
            .createQuery(
                "select 1 from credit_posting where reference = :r and to_ledger = :t and micro_usd = :m")
            .bind("r", reference)
            .bind("t", to)
            .bind("m", microUsd)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!same) {
      throw new ContradictionException(
          "Reference "
              + reference
              + " was booked with another account or amount; choose a new one");
    }
  }

  @Override
  public Reservation reserve(String draw, String account, long least, long most) {
    return jdbi.inTransaction(
        handle -> {
          Row row = lock(handle, account);
          Hold known = hold(handle, draw).orElse(null);
          if (known != null) {
            requireSame(draw, known, account);
            // A closed one gives nothing any more, whatever it was.
            return new Reservation(known.charged() == null ? known.reserved() : 0, known.pending());
          }
          return reserve(handle, draw, account, row, least, most);
        });
  }

  private static Reservation reserve(
      Handle handle, String draw, String account, Row row, long least, long most) {
    long free = row.balance() - row.held();
    // Beyond what is needed, at most half: another draw may want some too.
    long amount = free < least ? 0 : Math.min(most, least + (free - least) / 2);
    boolean pending = amount == 0 && row.balance() >= least;
    handle.execute(
        "insert into credit_hold (draw_id, account, reserved, pending, charged) values (?, ?, ?, ?, ?)",
        draw,
        account,
        amount,
        pending,
        amount == 0 ? 0L : null);
    set(handle, account, row.balance(), row.held() + amount);
    return new Reservation(amount, pending);
  }

  @Override
  public void charge(String draw, String account, long microUsd) {
    jdbi.useTransaction(
        handle -> {
          Row row = lock(handle, account);
          Hold known = hold(handle, draw).orElseGet(() -> new Hold(account, 0, false, null));
          requireSame(draw, known, account);
          boolean repeated = known.charged() != null && known.charged() == microUsd;
          if (!repeated) {
            charge(handle, draw, known, row, microUsd);
          }
        });
  }

  private static void charge(Handle handle, String draw, Hold hold, Row row, long microUsd) {
    if (hold.charged() != null || microUsd > hold.reserved()) {
      throw new ContradictionException(
          "Draw %s has %d micro-USD reserved and %s charged; %d cannot be charged"
              .formatted(draw, hold.reserved(), hold.charged(), microUsd));
    }
    handle.execute(
        """
        insert into credit_hold (draw_id, account, reserved, charged) values (?, ?, ?, ?)
        on conflict (draw_id) do update set charged = excluded.charged
        """,
        draw,
        hold.account(),
        hold.reserved(),
        microUsd);
    if (microUsd > 0) {
      post(handle, "draw/" + draw, ledger(hold.account()), REVENUE, microUsd);
    }
    set(handle, hold.account(), row.balance() - microUsd, row.held() - hold.reserved());
  }

  private static void requireSame(String draw, Hold known, String account) {
    if (!known.account().equals(account)) {
      throw new ContradictionException(
          "Draw " + draw + " is of account " + known.account() + ", not " + account);
    }
  }

  private static Optional<Hold> hold(Handle handle, String draw) {
    return handle
        .createQuery(
            "select account, reserved, pending, charged from credit_hold where draw_id = :d")
        .bind("d", draw)
        .map(
            (row, context) ->
                new Hold(
                    row.getString(1),
                    row.getLong(2),
                    row.getBoolean(3),
                    row.getObject(4, Long.class)))
        .findOne();
  }

  private static Row lock(Handle handle, String account) {
    handle.execute(
        "insert into credit_account (account) values (?) on conflict do nothing", account);
    return handle
        .createQuery("select balance, held from credit_account where account = :a for update")
        .bind("a", account)
        .map((row, context) -> new Row(row.getLong(1), row.getLong(2)))
        .one();
  }

  private static void set(Handle handle, String account, long balance, long held) {
    handle.execute(
        "update credit_account set balance = ?, held = ? where account = ?",
        balance,
        held,
        account);
  }

  /** False if the reference was booked before. */
  private static boolean post(
      Handle handle, String reference, String from, String to, long microUsd) {
    return handle.execute(
            """
            insert into credit_posting (reference, from_ledger, to_ledger, micro_usd) values (?, ?, ?, ?)
            on conflict (reference) do nothing
            """,
            reference,
            from,
            to,
            microUsd)
        == 1;
  }

  private static String ledger(String account) {
    return "credits:" + account;
  }
}
