/** What the gateway knows of Spaces, and that they are told of visits. */
@NullMarked
package dev.berth.hub.gateway.spaces;

import org.jspecify.annotations.NullMarked;
