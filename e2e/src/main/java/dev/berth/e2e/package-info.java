/** The berth command: a whole fleet, cluster and control plane, on one machine. */
@NullMarked
package dev.berth.e2e;

import org.jspecify.annotations.NullMarked;
