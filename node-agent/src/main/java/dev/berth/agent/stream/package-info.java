/** Long-lived gRPC streams that reconnect. */
@NullMarked
package dev.berth.agent.stream;

import org.jspecify.annotations.NullMarked;
