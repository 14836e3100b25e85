@NullMarked
package dev.berth.operator.plan;

import org.jspecify.annotations.NullMarked;
