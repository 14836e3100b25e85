/** The catalog: watching Flavors, publishing them to the scheduler, describing them in words. */
@NullMarked
package dev.berth.operator.flavors;

import org.jspecify.annotations.NullMarked;
