/** Who a request at the gateway comes from, and the signed word that tells the Space. */
@NullMarked
package dev.berth.hub.visitor;

import org.jspecify.annotations.NullMarked;
