/** Tests: Homes, ports and networks. */
@NullMarked
package dev.berth.e2e.home;

import org.jspecify.annotations.NullMarked;
