@NullMarked
package dev.berth.hub.gateway.spaces;

import org.jspecify.annotations.NullMarked;
