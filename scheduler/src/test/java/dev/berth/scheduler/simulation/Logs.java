package dev.berth.scheduler.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Thousands of connections in a second are not worth a line each. */
final class Logs {
  private static final Logger SERVICE = (Logger) LoggerFactory.getLogger("dev.berth.scheduler.rpc");

  private Logs() {}

  static void off() {
    SERVICE.setLevel(Level.OFF);
  }

  static void on() {
    SERVICE.setLevel(null);
  }
}
