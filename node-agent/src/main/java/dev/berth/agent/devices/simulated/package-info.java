/** Devices from a YAML file, with an exporter of their own. */
@NullMarked
package dev.berth.agent.devices.simulated;

import org.jspecify.annotations.NullMarked;
