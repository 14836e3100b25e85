/** Steps that run as soon as what they need is there, and their progress on the terminal. */
@NullMarked
package dev.berth.e2e.steps;

import org.jspecify.annotations.NullMarked;
