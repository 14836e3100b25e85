/** What every HTTP answer of the hub has in common. */
@NullMarked
package dev.berth.hub.http;

import org.jspecify.annotations.NullMarked;
