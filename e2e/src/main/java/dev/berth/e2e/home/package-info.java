/** The directory that holds everything of one fleet, and the ports and network it took. */
@NullMarked
package dev.berth.e2e.home;

import org.jspecify.annotations.NullMarked;
