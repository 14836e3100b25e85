package dev.berth.e2e.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Asks a process once whether it is ready. Any failure to ask is a no. */
final class ReadinessProbe {
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

  private ReadinessProbe() {}

  static boolean isReady(Readiness readiness) {
    try {
      return switch (readiness) {
        case Readiness.Http(var url) ->
            answers200((HttpURLConnection) url.toURL().openConnection());
        case Readiness.Https(var url, var authority) -> answers200(trusting(url, authority));
        case Readiness.Listening(int port) -> connects(port);
        case Readiness.ZooKeeper(int port) -> saysMode(port);
        case Readiness.UnixSocket(var path) -> connects(path);
      };
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean answers200(HttpURLConnection connection) throws IOException {
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try {
      return connection.getResponseCode() == 200;
    } finally {
      connection.disconnect();
    }
  }

  private static HttpURLConnection trusting(URI url, Path authority)
      throws IOException, GeneralSecurityException {
    var connection = (HttpsURLConnection) url.toURL().openConnection();
    connection.setSSLSocketFactory(socketFactory(authority));
    return connection;
  }

  private static SSLSocketFactory socketFactory(Path authority)
      throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static boolean connects(int port) throws IOException {
    try (var socket = open(port)) {
      return socket.isConnected();
    }
  }

  private static boolean connects(Path path) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    }
  }

  private static boolean saysMode(int port) throws IOException {
    try (var socket = open(port)) {
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      var answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.US_ASCII).contains("Mode: ");
    }
  }

  private static Socket open(int port) throws IOException {
    var socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    return socket;
  }
}
