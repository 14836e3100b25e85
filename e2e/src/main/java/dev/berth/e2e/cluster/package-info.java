/** Kubernetes clusters: the native one, an existing one, k3s in a container. */
@NullMarked
package dev.berth.e2e.cluster;

import org.jspecify.annotations.NullMarked;
