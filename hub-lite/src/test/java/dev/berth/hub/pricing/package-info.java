@NullMarked
package dev.berth.hub.pricing;

import org.jspecify.annotations.NullMarked;
