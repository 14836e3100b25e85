/** The device API, exactly as the spaces client speaks it. */
@NullMarked
package dev.berth.agent.turns.http;

import org.jspecify.annotations.NullMarked;
