@NullMarked
package dev.berth.api.process;

import org.jspecify.annotations.NullMarked;
