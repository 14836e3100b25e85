/** Rules of ZeroGPU that several processes apply. */
@NullMarked
package dev.berth.api.zerogpu;

import org.jspecify.annotations.NullMarked;
