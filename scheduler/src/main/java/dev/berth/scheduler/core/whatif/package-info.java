/** What would be if: plans tried by the production decisions on a copy of the state. */
@NullMarked
package dev.berth.scheduler.core.whatif;

import org.jspecify.annotations.NullMarked;
