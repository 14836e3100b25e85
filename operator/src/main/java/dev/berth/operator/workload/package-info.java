/** A Space or an Endpoint as one kind of thing: who it is and what the user wants. */
@NullMarked
package dev.berth.operator.workload;

import org.jspecify.annotations.NullMarked;
