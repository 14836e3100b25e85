@NullMarked
package dev.berth.agent.location;

import org.jspecify.annotations.NullMarked;
