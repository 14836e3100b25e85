@NullMarked
package dev.berth.agent.turns.http;

import org.jspecify.annotations.NullMarked;
