package dev.berth.hub.gateway;

/** Where a ready pod listens: IP address and port. */
public record Backend(String address, int port) {}
