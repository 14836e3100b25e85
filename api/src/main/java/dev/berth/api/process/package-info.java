/** How every Berth process is configured, secured, found and observed. */
@NullMarked
package dev.berth.api.process;

import org.jspecify.annotations.NullMarked;
