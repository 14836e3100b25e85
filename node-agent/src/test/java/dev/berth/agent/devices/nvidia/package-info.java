@NullMarked
package dev.berth.agent.devices.nvidia;

import org.jspecify.annotations.NullMarked;
