@NullMarked
package dev.berth.agent.metering;

import org.jspecify.annotations.NullMarked;
