/** Usage reports to the hub, kept until acknowledged. */
@NullMarked
package dev.berth.agent.metering;

import org.jspecify.annotations.NullMarked;
