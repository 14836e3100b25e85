/** What is asked, what exists, what is held. */
@NullMarked
package dev.berth.scheduler.core.model;

import org.jspecify.annotations.NullMarked;
