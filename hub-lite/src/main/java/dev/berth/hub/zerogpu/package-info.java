/** The caller's ZeroGPU quota, as Hub clients ask for it. */
@NullMarked
package dev.berth.hub.zerogpu;

import org.jspecify.annotations.NullMarked;
