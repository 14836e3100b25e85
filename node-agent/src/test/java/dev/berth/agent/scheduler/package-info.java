@NullMarked
package dev.berth.agent.scheduler;

import org.jspecify.annotations.NullMarked;
