@NullMarked
package dev.berth.hub.support;

import org.jspecify.annotations.NullMarked;
