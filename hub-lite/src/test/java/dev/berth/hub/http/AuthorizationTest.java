package dev.berth.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
  @Test
  void takesBearerAndTheBasicPassword() {
    assertThat(Authorization.token("Bearer hf_abc")).isEqualTo("hf_abc");
    assertThat(Authorization.token("bearer  hf_abc ")).isEqualTo("hf_abc");
    assertThat(Authorization.token("Basic " + base64("me:hf_abc"))).isEqualTo("hf_abc");
    assertThat(Authorization.token("Basic " + base64(":hf_a:b"))).isEqualTo("hf_a:b");
  }

  @Test
  void findsNoTokenInAnythingElse() {
    assertThat(Authorization.token(null)).isNull();
    assertThat(Authorization.token("")).isNull();
    assertThat(Authorization.token("hf_abc")).isNull();
    assertThat(Authorization.token("Digest x")).isNull();
    assertThat(Authorization.token("Basic ***")).isNull();
    assertThat(Authorization.token("Basic " + base64("nocolon"))).isNull();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
