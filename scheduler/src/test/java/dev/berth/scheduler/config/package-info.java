@NullMarked
package dev.berth.scheduler.config;

import org.jspecify.annotations.NullMarked;
