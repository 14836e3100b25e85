/** Immutable collections that the pure cores keep their states in. */
@NullMarked
package dev.berth.collect;

import org.jspecify.annotations.NullMarked;
