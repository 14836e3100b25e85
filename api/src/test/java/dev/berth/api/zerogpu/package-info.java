@NullMarked
package dev.berth.api.zerogpu;

import org.jspecify.annotations.NullMarked;
