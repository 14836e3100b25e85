package dev.berth.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static byte[] file(int records, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Frames.HEADER);
    for (int i = 0; i < records; i++) {
      byte[] payload = new byte[1 + random.nextInt(60)];
      random.nextBytes(payload);
      out.writeBytes(Frames.frame(payload));
    }
    return out.toByteArray();
  }

  @Test
  void readsWhatWasWritten() {
    Frames.Scan scan = Frames.scan(file(20, new Random(1)));
    assertThat(scan.records()).hasSize(20);
    assertThat(scan.damagedInside()).isFalse();
  }

  @Test
  void everyCutIsATornTailAndLeavesAPrefix() {
    byte[] whole = file(5, new Random(2));
    List<byte[]> all = Frames.scan(whole).records();
    for (int size = 0; size < whole.length; size++) {
      Frames.Scan scan = Frames.scan(Arrays.copyOf(whole, size));
      assertThat(scan.records())
          .usingRecursiveComparison()
          .isEqualTo(all.subList(0, scan.records().size()));
      assertThat(scan.damagedInside()).as("cut at %d", size).isFalse();
      assertThat(scan.goodEnd()).isLessThanOrEqualTo(size);
    }
  }

  @Test
  void zerosAtTheEndAreATornTail() {
    byte[] whole = file(3, new Random(3));
    Frames.Scan scan = Frames.scan(Arrays.copyOf(whole, whole.length + 4096));
    assertThat(scan.records()).hasSize(3);
    assertThat(scan.goodEnd()).isEqualTo(whole.length);
    assertThat(scan.damagedInside()).isFalse();
  }

  @Test
  void everyFlippedBitIsFoundAndOnlyAPrefixIsKept() {
    byte[] whole = file(6, new Random(4));
    List<byte[]> all = Frames.scan(whole).records();
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bad = whole.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Frames.Scan scan = Frames.scan(bad);
      assertThat(scan.records().size()).as("bit %d", bit).isLessThan(all.size());
      assertThat(scan.records())
          .usingRecursiveComparison()
          .isEqualTo(all.subList(0, scan.records().size()));
    }
  }

  @Test
  void aBadPayloadInTheMiddleIsDamageNotATornTail() {
    byte[] whole = file(6, new Random(5));
    whole[Frames.HEADER.length + 8] ^= 1;
    assertThat(Frames.scan(whole).damagedInside()).isTrue();
  }
}
