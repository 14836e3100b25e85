@NullMarked
package dev.berth.agent.dra;

import org.jspecify.annotations.NullMarked;
