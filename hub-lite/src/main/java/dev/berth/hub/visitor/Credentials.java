package dev.berth.hub.visitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings along to say who sends it.
 *
 * @param bearer access token of the {@code Authorization} header
 * @param session access token of the session cookie
 * @param shown {@code X-IP-Token}, as a Space passes on that of its own visitor
 * @param peer address of the TCP connection
 * @param forwardedFor entries of {@code X-Forwarded-For}, the nearest last
 */
public record Credentials(
    @Nullable String bearer,
    @Nullable String session,
    @Nullable String shown,
    String peer,
    List<String> forwardedFor) {}
