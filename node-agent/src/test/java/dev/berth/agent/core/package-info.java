@NullMarked
package dev.berth.agent.core;

import org.jspecify.annotations.NullMarked;
