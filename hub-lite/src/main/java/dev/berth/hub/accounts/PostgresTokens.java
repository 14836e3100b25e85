package dev.berth.hub.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Keeps SHA-256 of tokens. They are long and random, so one fast hash is enough. */
public final class PostgresTokens implements Tokens {
  private final Jdbi jdbi;

  public PostgresTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public @Nullable Identity holder(String token) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select token.account, token.admin, account.tier
                    from token left join account on account.name = token.account
                    where token_hash = :hash
                    """)
                .bind("hash", sha256(token))
                .map(
                    (row, context) ->
                        new Identity(
                            row.getString("account"),
                            PostgresAccounts.of(row.getString("tier")),
                            row.getBoolean("admin")))
                .findOne()
                .orElse(null));
  }

  @Override
  public void put(String label, String token, String account, boolean admin) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into token (token_hash, label, account, admin) values (?, ?, ?, ?)
                on conflict (label) do update set token_hash = excluded.token_hash,
                  account = excluded.account, admin = excluded.admin
                """,
                sha256(token),
                label,
                account,
                admin));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
