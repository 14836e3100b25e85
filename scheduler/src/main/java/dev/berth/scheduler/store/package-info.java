/** Where decisions are durable before they are answered. */
@NullMarked
package dev.berth.scheduler.store;

import org.jspecify.annotations.NullMarked;
