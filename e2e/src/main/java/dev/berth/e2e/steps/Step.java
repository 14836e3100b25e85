package dev.berth.e2e.steps;

import java.util.Set;

/**
 * One piece of work.
 *
 * @param name what it brings about; unique in a plan, shown to the user
 * @param after names of the steps it needs
 */
public record Step(String name, Set<String> after, Runnable action) {}
