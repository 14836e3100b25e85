/** The append-only price book and the pure rating of held time. */
@NullMarked
package dev.berth.hub.pricing;

import org.jspecify.annotations.NullMarked;
