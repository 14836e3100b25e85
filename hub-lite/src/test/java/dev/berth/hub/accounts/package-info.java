@NullMarked
package dev.berth.hub.accounts;

import org.jspecify.annotations.NullMarked;
