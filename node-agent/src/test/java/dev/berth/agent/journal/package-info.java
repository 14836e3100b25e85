@NullMarked
package dev.berth.agent.journal;

import org.jspecify.annotations.NullMarked;
