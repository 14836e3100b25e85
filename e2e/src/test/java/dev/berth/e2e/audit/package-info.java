@NullMarked
package dev.berth.e2e.audit;

import org.jspecify.annotations.NullMarked;
