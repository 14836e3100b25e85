/** JMH benchmarks of the scheduler's core. */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
