/** PostgreSQL, embedded or external, and its migrations. */
@NullMarked
package dev.berth.hub.database;

import org.jspecify.annotations.NullMarked;
