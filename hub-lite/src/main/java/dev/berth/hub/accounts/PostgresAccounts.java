package dev.berth.hub.accounts;

import dev.berth.api.visitor.Tier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Accounts as rows; one without a row is free. */
public final class PostgresAccounts implements Accounts {
  private final Jdbi jdbi;

  public PostgresAccounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void setTier(String account, Tier tier) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into account (name, tier) values (?, ?) on conflict (name) do update set tier = excluded.tier",
                account,
                tier.text()));
  }

  @Override
  public Tier tier(String account) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select tier from account where name = :name")
                .bind("name", account)
                .map((row, context) -> of(row.getString(1)))
                .findOne()
                .orElse(Tier.FREE));
  }

  static Tier of(@Nullable String column) {
    return column == null ? Tier.FREE : Tier.of(column).orElseThrow();
  }
}
