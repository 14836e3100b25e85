@NullMarked
package dev.berth.hub.zerogpu;

import org.jspecify.annotations.NullMarked;
