/** How the command line talks to a running fleet: kubectl, the hub, the agents, the gateway. */
@NullMarked
package dev.berth.e2e.client;

import org.jspecify.annotations.NullMarked;
