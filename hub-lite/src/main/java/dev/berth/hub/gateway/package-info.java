/** The traffic front door: from a host name to a ready pod. */
@NullMarked
package dev.berth.hub.gateway;

import org.jspecify.annotations.NullMarked;
