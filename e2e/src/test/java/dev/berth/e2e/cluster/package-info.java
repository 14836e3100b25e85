/** Tests: The native cluster's files. */
@NullMarked
package dev.berth.e2e.cluster;

import org.jspecify.annotations.NullMarked;
