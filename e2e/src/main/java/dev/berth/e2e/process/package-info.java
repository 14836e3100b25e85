/** Background processes that outlive the command that started them and restart when they die. */
@NullMarked
package dev.berth.e2e.process;

import org.jspecify.annotations.NullMarked;
