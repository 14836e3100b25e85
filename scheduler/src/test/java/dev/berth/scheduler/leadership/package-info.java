@NullMarked
package dev.berth.scheduler.leadership;

import org.jspecify.annotations.NullMarked;
