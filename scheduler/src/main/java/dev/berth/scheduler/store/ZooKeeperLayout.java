package dev.berth.scheduler.store;

import dev.berth.scheduler.core.quota.QuotaKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things lie in ZooKeeper. Names are URL-encoded, dots too (a node may not be named "."). */
record ZooKeeperLayout(String root) {
  String epoch() {
    return root + "/epoch";
  }

  /** Its version counts the commits of the present term. */
  String commits() {
    return root + "/commits";
  }

  String placements() {
    return root + "/placements";
  }

  String nodes() {
    return root + "/nodes";
  }

  /** The nodes that beat, by name, without content. */
  String ready() {
    return root + "/ready";
  }

  String ready(String node) {
    return ready() + "/" + encode(node);
  }

  String flavors() {
    return root + "/flavors";
  }

  String quotas() {
    return root + "/quotas";
  }

  /** The decayed use of queues. */
  String history() {
    return root + "/history";
  }

  /** The owners that lost a placement lately. */
  String spared() {
    return root + "/spared";
  }

  /** An encoded name has no colon. */
  String past(QuotaKey key) {
    return history() + "/" + encode(key.node()) + ":" + encode(key.flavor());
  }

  static QuotaKey pastKey(String child) {
    int colon = child.indexOf(':');
    return new QuotaKey(decode(child.substring(0, colon)), decode(child.substring(colon + 1)));
  }

  String spared(String owner) {
    return spared() + "/" + encode(owner);
  }

  String placement(String id) {
    return placements() + "/" + encode(id);
  }

  String node(String name) {
    return nodes() + "/" + encode(name);
  }

  static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
