package dev.berth.crds;

/** Where a Space is in its life; the names of the Hub's API. */
public enum SpaceStage {
  NO_APP_FILE,
  CONFIG_ERROR,
  BUILDING,
  BUILD_ERROR,
  APP_STARTING,
  RUNNING,
  RUNNING_BUILDING,
  RUNNING_APP_STARTING,
  RUNTIME_ERROR,
  STOPPED,
  PAUSED,
  SLEEPING,
  DELETING
}
