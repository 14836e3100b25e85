package dev.berth.hub.pricing;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The price book in PostgreSQL; a trigger keeps even people with a SQL prompt from changing it. */
public final class PostgresPriceBook implements PriceBook {
  private final Jdbi jdbi;

  public PostgresPriceBook(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Recorded record(Price price) {
    return jdbi.withHandle(
        handle -> {
          long committed = committed(handle, price);
          if (committed < 0 && insert(handle, price)) {
            return new Recorded.Learned();
          }
          long now = committed < 0 ? committed(handle, price) : committed;
          return now == price.microUsdPerHour() ? new Recorded.Known() : new Recorded.Refused(now);
        });
  }

  private static boolean insert(Handle handle, Price price) {
    return handle.execute(
            "insert into price (flavor, catalog_version, micro_usd_per_hour) values (?, ?, ?) on conflict do nothing",
            price.flavor(),
            price.catalogVersion(),
            price.microUsdPerHour())
        == 1;
  }

  /** -1 if there is none. */
  private static long committed(Handle handle, Price price) {
    return handle
        .createQuery(
            "select micro_usd_per_hour from price where flavor = :flavor and catalog_version = :version")
        .bind("flavor", price.flavor())
        .bind("version", price.catalogVersion())
        .mapTo(Long.class)
        .findOne()
        .orElse(-1L);
  }
}
