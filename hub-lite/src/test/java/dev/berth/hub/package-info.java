@NullMarked
package dev.berth.hub;

import org.jspecify.annotations.NullMarked;
