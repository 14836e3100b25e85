package dev.berth.api.process;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Mutual TLS by PEM files: the authority that signs every Berth process, and this process's
 * certificate and PKCS#8 key. Both sides must present a certificate of that authority.
 */
public record Tls(Path ca, Path cert, Path key) {

  public ServerCredentials server() {
    try {
      return TlsServerCredentials.newBuilder()
          .keyManager(cert.toFile(), key.toFile())
          .trustManager(ca.toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
          .build();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  public ChannelCredentials client() {
    try {
      return TlsChannelCredentials.newBuilder()
          .keyManager(cert.toFile(), key.toFile())
          .trustManager(ca.toFile())
          .build();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private ConfigException unusable(IOException e) {
    return new ConfigException("TLS files " + this + " cannot be used: " + e.getMessage(), e);
  }
}
