@NullMarked
package dev.berth.scheduler.rpc;

import org.jspecify.annotations.NullMarked;
