@NullMarked
package dev.berth.api.visitor;

import org.jspecify.annotations.NullMarked;
