package dev.berth.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How close the replicas of a gang stand to each other, closest last. */
public enum TopologyLevel {
  @JsonProperty("region")
  REGION,
  @JsonProperty("zone")
  ZONE,
  @JsonProperty("block")
  BLOCK,
  @JsonProperty("rack")
  RACK,
  @JsonProperty("nvlink")
  NVLINK,
  @JsonProperty("node")
  NODE
}
