package dev.berth.hub.pricing;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Brings the prices of the catalog's Flavors into the price book. */
public final class FlavorPrices {
  private static final Logger LOG = LoggerFactory.getLogger(FlavorPrices.class);
  private final PriceBook book;
  private final Counter refused;
  private final Set<Price> refusedBefore = ConcurrentHashMap.newKeySet();

  public FlavorPrices(PriceBook book, PrometheusRegistry registry) {
    this.book = book;
    this.refused =
        Counter.builder()
            .name("berth_hub_price_changes_refused_total")
            .help(
                "Prices seen that differ from the committed price of the same flavor and catalog version.")
            .register(registry);
  }

  /** Takes note of what a Flavor says now; may be called again with the same. */
  public void seen(Price price) {
    switch (book.record(price)) {
      case PriceBook.Recorded.Known known -> {}
      case PriceBook.Recorded.Learned learned -> about(LOG.atInfo(), price).log("Learned a price.");
      case PriceBook.Recorded.Refused kept -> refuse(price, kept.committedMicroUsdPerHour());
    }
  }

  private void refuse(Price price, long committedMicroUsdPerHour) {
    if (refusedBefore.add(price)) {
      refused.inc();
      about(LOG.atWarn(), price)
          .addKeyValue("committedMicroUsdPerHour", committedMicroUsdPerHour)
          .log(
              "A price changed under the same catalog version and is refused; give the Flavor a new catalogVersion.");
    }
  }

  private static LoggingEventBuilder about(LoggingEventBuilder log, Price price) {
    return log.addKeyValue("flavor", price.flavor())
        .addKeyValue("catalogVersion", price.catalogVersion())
        .addKeyValue("microUsdPerHour", price.microUsdPerHour());
  }
}
