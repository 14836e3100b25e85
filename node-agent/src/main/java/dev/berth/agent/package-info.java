/** The devices of one node: prepared for pods, metered, reported. */
@NullMarked
package dev.berth.agent;

import org.jspecify.annotations.NullMarked;
