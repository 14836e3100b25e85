package dev.berth.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountsTest {
  @Test
  void findsTheMountsBelowAHomeNewestFirst() {
    // Given
    var mountInfo =
        """
        22 1 254:0 / / rw - ext4 /dev/vda rw
        30 22 0:30 / /home/b/run/x rw - tmpfs tmpfs rw
        31 30 0:31 / /home/b/run/x/sub\\040dir rw - tmpfs tmpfs rw
        32 22 0:32 / /home/bb rw - tmpfs tmpfs rw
        """;

    // When
    var mounts = Mounts.below(Path.of("/home/b"), mountInfo);

    // Then
    assertThat(mounts).containsExactly(Path.of("/home/b/run/x/sub dir"), Path.of("/home/b/run/x"));
  }
}
