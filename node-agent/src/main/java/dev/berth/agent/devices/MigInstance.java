package dev.berth.agent.devices;

/**
 * An instance that exists. Its ids are the driver's and change each time it is made.
 *
 * @param gpuInstanceId GPU_I_ID of the exporter's rows
 * @param uuid MIG-...
 */
public record MigInstance(MigPlace place, int gpuInstanceId, String uuid) {}
