/** Where the node stands: from its Kubernetes labels, and from the configuration. */
@NullMarked
package dev.berth.agent.location;

import org.jspecify.annotations.NullMarked;
