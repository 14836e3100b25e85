/** Who calls: access tokens and what they may see. */
@NullMarked
package dev.berth.hub.accounts;

import org.jspecify.annotations.NullMarked;
