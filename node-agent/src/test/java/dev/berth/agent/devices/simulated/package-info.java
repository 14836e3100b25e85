@NullMarked
package dev.berth.agent.devices.simulated;

import org.jspecify.annotations.NullMarked;
