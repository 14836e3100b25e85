@NullMarked
package dev.berth.operator.flavors;

import org.jspecify.annotations.NullMarked;
