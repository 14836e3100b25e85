package dev.berth.hub.gateway;

/** A Kubernetes Service. */
public record ServiceKey(String namespace, String name) {}
