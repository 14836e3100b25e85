/** Who may have how much: the quota tree, what is used of it, and whose turn it is. */
@NullMarked
package dev.berth.scheduler.core.quota;

import org.jspecify.annotations.NullMarked;
