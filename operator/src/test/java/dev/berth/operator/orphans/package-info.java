@NullMarked
package dev.berth.operator.orphans;

import org.jspecify.annotations.NullMarked;
