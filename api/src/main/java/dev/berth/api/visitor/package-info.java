/**
 * Who visits a Space, as the gateway says it and every other process can check it: the signed
 * {@code X-IP-Token} that Hub clients pass on.
 */
@NullMarked
package dev.berth.api.visitor;

import org.jspecify.annotations.NullMarked;
