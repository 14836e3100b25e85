@NullMarked
package dev.berth.hub.gateway;

import org.jspecify.annotations.NullMarked;
