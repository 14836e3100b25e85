package dev.berth.scheduler.wire;

import dev.berth.api.scheduler.v1.Member;
import dev.berth.api.scheduler.v1.PlaceRequest;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.whatif.Change;
import dev.berth.scheduler.core.whatif.ChangeSentences;

/** What would admit a request. */
public final class Changes {
  private Changes() {}

  /** {@code request} is the one that is not placed. */
  public static dev.berth.api.scheduler.v1.Change write(Change change, Request request) {
    dev.berth.api.scheduler.v1.Change.Builder wire =
        dev.berth.api.scheduler.v1.Change.newBuilder()
            .setMessage(ChangeSentences.of(change, request));
    if (change instanceof Change.Amended amended) {
      wire.setRequest(write(amended.request()));
    }
    return detail(wire, change).build();
  }

  private static dev.berth.api.scheduler.v1.Change.Builder detail(
      dev.berth.api.scheduler.v1.Change.Builder wire, Change change) {
    switch (change) {
      case Change.Drained drained ->
          wire.getDrainedBuilder().addAllPlacementIds(drained.placements());
      case Change.NodesReady ready -> wire.getNodesReadyBuilder().addAllNodes(ready.nodes());
      case Change.LooserTopology looser ->
          wire.getLooserTopologyBuilder().setLevel(Policies.write(looser.level()));
      case Change.OtherRegion other -> wire.getOtherRegionBuilder().setRegion(other.region());
      case Change.OtherDevice other ->
          wire.getOtherDeviceBuilder()
              .setAsked(shape(other.asked()))
              .setInstead(shape(other.instead()))
              .setMemoryMib(other.memoryMib());
      case Change.SmallerHost host ->
          wire.getSmallerHostBuilder().setCpuMilli(host.cpuMilli()).setMemoryMib(host.memoryMib());
      case Change.FewerMembers fewer -> wire.getFewerMembersBuilder().setMembers(fewer.members());
      case Change.SmallerDevice smaller ->
          wire.getSmallerDeviceBuilder()
              .setAsked(shape(smaller.asked()))
              .setInstead(shape(smaller.instead()));
      case Change.Released released ->
          wire.getReleasedBuilder()
              .addAllPlacementIds(released.placements())
              .setMilliDevices(released.milliDevices());
      case Change.MoreNodes more ->
          wire.getMoreNodesBuilder().setLike(more.like()).setCount(more.count());
    }
    return wire;
  }

  private static dev.berth.api.common.v1.Shape shape(Accelerator accelerator) {
    return Shapes.write(new Shape(0, 0, accelerator));
  }

  public static PlaceRequest write(Request request) {
    return PlaceRequest.newBuilder()
        .setPlacementId(request.id())
        .addAllMembers(
            request.members().stream()
                .map(shape -> Member.newBuilder().setShape(Shapes.write(shape)).build())
                .toList())
        .setAccount(request.account())
        .setOwner(request.owner())
        .setFlavor(request.flavor())
        .setCatalogVersion(request.catalogVersion())
        .setPolicy(Policies.write(request.policy()))
        .build();
  }
}
