@NullMarked
package dev.berth.agent.telemetry;

import org.jspecify.annotations.NullMarked;
