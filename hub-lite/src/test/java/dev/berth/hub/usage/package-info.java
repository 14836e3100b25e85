@NullMarked
package dev.berth.hub.usage;

import org.jspecify.annotations.NullMarked;
