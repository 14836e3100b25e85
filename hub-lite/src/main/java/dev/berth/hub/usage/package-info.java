/** Usage, money and the conservation audit, over HTTP and as a page. */
@NullMarked
package dev.berth.hub.usage;

import org.jspecify.annotations.NullMarked;
