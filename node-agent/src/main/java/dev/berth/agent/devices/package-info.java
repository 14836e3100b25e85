/** What devices the node has, behind one port. */
@NullMarked
package dev.berth.agent.devices;

import org.jspecify.annotations.NullMarked;
