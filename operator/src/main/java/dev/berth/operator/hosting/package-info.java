/** How many ZeroGPU Spaces an account may host. The rule is pure; the terms come over the wire. */
@NullMarked
package dev.berth.operator.hosting;

import org.jspecify.annotations.NullMarked;
