/** The way to the API server that the hub and the gateway share. */
@NullMarked
package dev.berth.hub.kubernetes;

import org.jspecify.annotations.NullMarked;
