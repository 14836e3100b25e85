package dev.berth.hub.visitor;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.berth.api.visitor.KeyRing;
import dev.berth.api.visitor.SigningKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ring in a Secret, so that all gateways sign with the same keys, and publishes the
 * public halves in a ConfigMap of the same name. Each gateway rotates what is due; the resource
 * version decides which of two was first.
 */
public final class KubernetesSigningKeys implements SigningKeys, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesSigningKeys.class);
  public static final String NAME = "berth-visitor-keys";
  private static final String KEYS = "jwks.json";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final Resource<Secret> secret;
  private final Resource<ConfigMap> published;
  private final KeyRing.Rhythm rhythm;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private volatile KeyRing ring;

  public KubernetesSigningKeys(
      KubernetesClient client, String namespace, KeyRing.Rhythm rhythm, InstantSource clock) {
    this.client = client;
    this.secret = client.secrets().inNamespace(namespace).withName(NAME);
    this.published = client.configMaps().inNamespace(namespace).withName(NAME);
    this.rhythm = rhythm;
    this.clock = clock;
    this.ring = refreshed();
    var _ =
        timer.scheduleWithFixedDelay(
            this::refresh, LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public KeyRing ring() {
    return ring;
  }

  void refresh() {
    try {
      ring = refreshed();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("The signing keys could not be looked at; the known ones stay.");
    }
  }

  private KeyRing refreshed() {
    Secret stored = existing(secret.get(), "Secret");
    KeyRing known = KeyRingText.read(text(stored));
    KeyRing wanted = known.rotated(clock.instant(), rhythm, this::newKey);
    boolean agreed = (wanted.equals(known) || isStored(stored, wanted)) && isPublished(wanted);
    return agreed ? wanted : refreshed();
  }

  private boolean isStored(Secret stored, KeyRing wanted) {
    byte[] text = KeyRingText.write(wanted).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().encodeToString(text);
    boolean first = isWritten(new SecretBuilder(stored).withData(Map.of(KEYS, encoded)).build());
    if (first) {
      LOG.atInfo().addKeyValue("keys", wanted.keys()).log("Rotated the keys that sign visitors.");
    }
    return first;
  }

  private boolean isPublished(KeyRing wanted) {
    ConfigMap stored = existing(published.get(), "ConfigMap");
    Map<String, String> data = Map.of(KEYS, wanted.published().toString());
    return data.equals(stored.getData())
        || isWritten(new ConfigMapBuilder(stored).withData(data).build());
  }

  /** Whether nobody else was first. */
  private boolean isWritten(HasMetadata changed) {
    try {
      client.resource(changed).lockResourceVersion().update();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private SigningKey newKey() {
    Instant now = clock.instant();
    try {
      return new SigningKey(
          new ECKeyGenerator(Curve.P_256)
              .keyID(UUID.randomUUID().toString())
              .issueTime(Date.from(now))
              .generate(),
          now);
    } catch (JOSEException e) {
      throw new IllegalStateException("Every JDK makes P-256 keys", e);
    }
  }

  private static <T> T existing(@Nullable T found, String kind) {
    if (found == null) {
      throw new IllegalStateException(
          "There is no %s %s; the chart makes it, empty".formatted(kind, NAME));
    }
    return found;
  }

  private static String text(Secret stored) {
    String encoded = stored.getData() == null ? null : stored.getData().get(KEYS);
    return encoded == null
        ? ""
        : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
