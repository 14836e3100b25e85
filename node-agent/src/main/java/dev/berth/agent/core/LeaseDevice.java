package dev.berth.agent.core;

/** One device of a lease, by its DRA name, e.g. "gpu-0-mig-1g-18gb-2" of model "H200-141". */
public record LeaseDevice(String name, String model, Footprint footprint) {}
