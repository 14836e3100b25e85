@NullMarked
package dev.berth.operator.hosting;

import org.jspecify.annotations.NullMarked;
