package dev.berth.api.visitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code X-IP-Token} says: this visitor is at this Space now.
 *
 * @param id unique for each token ({@code jti})
 * @param space {@code namespace/name} of the Space it was given to; worthless at any other ({@code
 *     aud})
 * @param error why the visitor is not who they said they are; Hub clients show it
 */
public record VisitorToken(
    String id,
    Visitor visitor,
    String space,
    Instant issued,
    Instant expires,
    @Nullable String error) {}
