/** The stream to the leading scheduler. */
@NullMarked
package dev.berth.agent.scheduler;

import org.jspecify.annotations.NullMarked;
