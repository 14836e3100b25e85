package dev.berth.agent.telemetry;

import dev.berth.agent.telemetry.Reading.Key;
import java.io.IOException;
import java.util.Map;

/** Where readings come from. */
@FunctionalInterface
public interface Scraper {
  Map<Key, Reading> scrape() throws IOException, InterruptedException;
}
