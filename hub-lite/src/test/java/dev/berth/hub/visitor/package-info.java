@NullMarked
package dev.berth.hub.visitor;

import org.jspecify.annotations.NullMarked;
