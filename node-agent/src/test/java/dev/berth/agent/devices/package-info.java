@NullMarked
package dev.berth.agent.devices;

import org.jspecify.annotations.NullMarked;
