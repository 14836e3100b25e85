package dev.berth.scheduler.wire;

import dev.berth.api.common.v1.GpuShare;
import dev.berth.api.common.v1.MigSlice;
import dev.berth.api.common.v1.Seat;
import dev.berth.api.common.v1.TpuSlice;
import dev.berth.api.common.v1.WholeGpus;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Models;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.List;

/** Shapes, flavors and requests. */
public final class Shapes {
  private Shapes() {}

  public static Shape read(dev.berth.api.common.v1.Shape wire) {
    return new Shape(wire.getCpuMilli(), wire.getMemoryMib(), accelerator(wire));
  }

  private static Accelerator accelerator(dev.berth.api.common.v1.Shape wire) {
    return switch (wire.getAcceleratorCase()) {
      case GPUS ->
          new Accelerator.WholeGpus(
              models(
                  wire.getGpus().getModel(),
                  wire.getGpus().getModelsList(),
                  wire.getGpus().getAnyModel()),
              wire.getGpus().getCount());
      case MIG -> new Accelerator.MigSlice(wire.getMig().getModel(), wire.getMig().getProfile());
      case SHARE ->
          new Accelerator.GpuShare(
              models(
                  wire.getShare().getModel(),
                  wire.getShare().getModelsList(),
                  wire.getShare().getAnyModel()),
              wire.getShare().getMilli(),
              wire.getShare().getMemoryMib());
      case TPU ->
          new Accelerator.TpuSlice(
              wire.getTpu().getGeneration(),
              wire.getTpu().getX(),
              wire.getTpu().getY(),
              wire.getTpu().getZ() == 0 ? 1 : wire.getTpu().getZ()); // absent in two dimensions
      case SEAT -> new Accelerator.Seat();
      case ACCELERATOR_NOT_SET -> new Accelerator.None();
    };
  }

  public static dev.berth.api.common.v1.Shape write(Shape shape) {
    dev.berth.api.common.v1.Shape.Builder wire =
        dev.berth.api.common.v1.Shape.newBuilder()
            .setCpuMilli(shape.cpuMilli())
            .setMemoryMib(shape.memoryMib());
    switch (shape.accelerator()) {
      case Accelerator.None none -> {}
      case Accelerator.Seat seat -> wire.setSeat(Seat.getDefaultInstance());
      case Accelerator.WholeGpus gpus ->
          wire.setGpus(
              WholeGpus.newBuilder()
                  .setModel(single(gpus.models()))
                  .addAllModels(several(gpus.models()))
                  .setAnyModel(gpus.models().names().isEmpty())
                  .setCount(gpus.count()));
      case Accelerator.MigSlice mig ->
          wire.setMig(MigSlice.newBuilder().setModel(mig.model()).setProfile(mig.profile()));
      case Accelerator.GpuShare share ->
          wire.setShare(
              GpuShare.newBuilder()
                  .setModel(single(share.models()))
                  .addAllModels(several(share.models()))
                  .setAnyModel(share.models().names().isEmpty())
                  .setMilli(share.milli())
                  .setMemoryMib(share.memoryMib()));
      case Accelerator.TpuSlice slice ->
          wire.setTpu(
              TpuSlice.newBuilder()
                  .setGeneration(slice.generation())
                  .setX(slice.x())
                  .setY(slice.y())
                  .setZ(slice.z()));
    }
    return wire.build();
  }

  /** Without a wish for any or one of several it is the one model, even an empty one. */
  private static Models models(String one, List<String> several, boolean any) {
    return any ? Models.ANY : several.isEmpty() ? Models.of(one) : new Models(several);
  }

  private static String single(Models models) {
    return models.names().size() == 1 ? models.names().getFirst() : "";
  }

  private static List<String> several(Models models) {
    return models.names().size() > 1 ? models.names() : List.of();
  }

  public static Request read(dev.berth.api.scheduler.v1.PlaceRequest wire) {
    return new Request(
        wire.getPlacementId(),
        members(wire.getMembersList()),
        wire.getAccount(),
        wire.getOwner(),
        wire.getFlavor(),
        wire.getCatalogVersion(),
        Policies.read(wire.getPolicy()));
  }

  static List<Shape> members(List<dev.berth.api.scheduler.v1.Member> wire) {
    return wire.stream().map(member -> read(member.getShape())).toList();
  }

  public static Flavor read(dev.berth.api.scheduler.v1.Flavor wire) {
    return new Flavor(
        wire.getName(),
        wire.getCatalogVersion(),
        read(wire.getShape()),
        wire.getPriceMicroUsdPerHour());
  }

  public static dev.berth.api.scheduler.v1.Flavor write(Flavor flavor) {
    return dev.berth.api.scheduler.v1.Flavor.newBuilder()
        .setName(flavor.name())
        .setCatalogVersion(flavor.catalogVersion())
        .setShape(write(flavor.shape()))
        .setPriceMicroUsdPerHour(flavor.priceMicroUsdPerHour())
        .build();
  }
}
