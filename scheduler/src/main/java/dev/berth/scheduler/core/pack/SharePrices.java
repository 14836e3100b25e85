package dev.berth.scheduler.core.pack;

/**
 * What the free part of a card is worth to shares. A share counts as the part of a card that it
 * keeps from others at best: nothing typical fits beside more than two thirds, one third fits
 * beside more than a half, and so on. {@code potential} of a free part is the most that typical
 * sizes can be worth in it, so a card loses potential when what is left fits nobody.
 */
final class SharePrices {
  private static final int CARD = 1000;
  private final int[] potential = new int[CARD + 1];

  SharePrices(Mix mix, ModelBits bits) {
    int[] sizes =
        mix.entries().stream()
            .map(entry -> Demand.of(entry.shape(), bits))
            .filter(demand -> demand.kind() == Demand.Kind.SHARE)
            .mapToInt(Demand::milli)
            .distinct()
            .toArray();
    for (int free = 1; free < CARD; free++) {
      potential[free] = potential[free - 1];
      for (int size : sizes) {
        if (size <= free) {
          potential[free] = Math.max(potential[free], potential[free - size] + price(size));
        }
      }
    }
    potential[CARD] = CARD;
  }

  /** The potential that is lost when a share is cut from the free part, beyond its own price. */
  int loss(int free, int share) {
    return potential[free] - potential[free - share] - price(share);
  }

  private static int price(int share) {
    if (share > 667) {
      return 1000;
    }
    if (share > 500) {
      return 667;
    }
    if (share > 450) {
      return 500;
    }
    return share > 300 ? 333 : share >= 230 ? 250 : 0;
  }
}
