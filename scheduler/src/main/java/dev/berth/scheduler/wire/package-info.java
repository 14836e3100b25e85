/** Between the core's records and the protobuf contract. */
@NullMarked
package dev.berth.scheduler.wire;

import org.jspecify.annotations.NullMarked;
