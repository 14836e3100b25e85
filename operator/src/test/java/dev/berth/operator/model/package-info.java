@NullMarked
package dev.berth.operator.model;

import org.jspecify.annotations.NullMarked;
