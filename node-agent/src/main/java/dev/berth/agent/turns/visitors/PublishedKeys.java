package dev.berth.agent.turns.visitors;

import com.nimbusds.jose.jwk.JWKSet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that gateways publish in the ConfigMap berth-visitor-keys, looked at now and then. */
public final class PublishedKeys implements Supplier<JWKSet>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final String NAME = "berth-visitor-keys";
  private static final String KEY = "jwks.json";
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final String namespace;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("visitor-keys").factory());
  private volatile JWKSet keys = new JWKSet();
  private boolean complained;

  public PublishedKeys(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  public PublishedKeys start() {
    var _ = timer.scheduleWithFixedDelay(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    return this;
  }

  @Override
  public JWKSet get() {
    return keys;
  }

  void look() {
    try {
      ConfigMap map = client.configMaps().inNamespace(namespace).withName(NAME).get();
      String text = map == null || map.getData() == null ? null : map.getData().get(KEY);
      if (text == null) {
        complain("there is none yet");
      } else {
        keys = JWKSet.parse(text);
        complained = false;
      }
    } catch (RuntimeException | ParseException e) {
      complain(e.toString());
    }
  }

  private void complain(String cause) {
    if (!complained) {
      LOG.atWarn()
          .addKeyValue("configMap", namespace + "/" + NAME)
          .addKeyValue("cause", cause)
          .log("The keys that sign visitors cannot be read; the known ones stay.");
    }
    complained = true;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
