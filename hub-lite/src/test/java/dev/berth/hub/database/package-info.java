@NullMarked
package dev.berth.hub.database;

import org.jspecify.annotations.NullMarked;
