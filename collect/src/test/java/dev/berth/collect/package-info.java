@NullMarked
package dev.berth.collect;

import org.jspecify.annotations.NullMarked;
