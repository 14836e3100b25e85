package dev.berth.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AdminTokenTest {
  @Test
  void looksLikeAHubToken() {
    assertThat(AdminToken.generate(new SecureRandom())).matches("hf_[A-Za-z0-9]{34}");
  }
}
