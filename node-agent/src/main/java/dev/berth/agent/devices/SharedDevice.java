package dev.berth.agent.devices;

/**
 * A card or slice that one turn after another uses.
 *
 * @param name gpu-i or gpu-i-mig-profile-start
 * @param card that it is, or is cut from
 * @param uuid GPU-... or MIG-...; empty while it is not cut
 */
public record SharedDevice(String name, String card, String uuid, String model, long memoryMib) {}
