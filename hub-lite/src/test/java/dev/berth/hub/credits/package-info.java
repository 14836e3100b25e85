@NullMarked
package dev.berth.hub.credits;

import org.jspecify.annotations.NullMarked;
