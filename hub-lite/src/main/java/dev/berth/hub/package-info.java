/** The hub process: wiring and configuration. */
@NullMarked
package dev.berth.hub;

import org.jspecify.annotations.NullMarked;
