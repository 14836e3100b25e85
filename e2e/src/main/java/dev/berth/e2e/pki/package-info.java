/** Certificate authorities and certificates for the cluster and for our processes. */
@NullMarked
package dev.berth.e2e.pki;

import org.jspecify.annotations.NullMarked;
