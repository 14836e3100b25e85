@NullMarked
package dev.berth.agent.turns.devices;

import org.jspecify.annotations.NullMarked;
