/** Which of the places that fit is best, and how it is found without looking at every node. */
@NullMarked
package dev.berth.scheduler.core.pack;

import org.jspecify.annotations.NullMarked;
