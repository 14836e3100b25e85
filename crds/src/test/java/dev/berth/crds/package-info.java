@NullMarked
package dev.berth.crds;

import org.jspecify.annotations.NullMarked;
