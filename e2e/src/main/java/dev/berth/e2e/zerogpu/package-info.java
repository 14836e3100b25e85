/** What people want to see of ZeroGPU in the terminal. */
@NullMarked
package dev.berth.e2e.zerogpu;

import org.jspecify.annotations.NullMarked;
