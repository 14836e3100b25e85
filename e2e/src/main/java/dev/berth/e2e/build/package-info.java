/** Programs built from Go modules and Debian packages, cached by version. */
@NullMarked
package dev.berth.e2e.build;

import org.jspecify.annotations.NullMarked;
