/** Tests: Certificates. */
@NullMarked
package dev.berth.e2e.pki;

import org.jspecify.annotations.NullMarked;
