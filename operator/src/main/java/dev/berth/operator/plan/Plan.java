package dev.berth.operator.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Actions in order, and when to look again if nothing happens before. */
public record Plan(List<Action> actions, Optional<Instant> wakeAt) {}
