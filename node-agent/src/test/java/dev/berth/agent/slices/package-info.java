@NullMarked
package dev.berth.agent.slices;

import org.jspecify.annotations.NullMarked;
