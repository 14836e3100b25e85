/** Requests of several members, topology, regions and fallbacks. */
@NullMarked
package dev.berth.scheduler.core.gang;

import org.jspecify.annotations.NullMarked;
