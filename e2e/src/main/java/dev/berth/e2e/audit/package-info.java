/** The conservation check: held + idle + draining + unknown = wall, and billed = held at rest. */
@NullMarked
package dev.berth.e2e.audit;

import org.jspecify.annotations.NullMarked;
