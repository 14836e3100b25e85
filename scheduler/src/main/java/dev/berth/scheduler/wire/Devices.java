package dev.berth.scheduler.wire;

import dev.berth.scheduler.core.model.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Devices of a lease; the card index and chip coordinates travel in the device name. */
public final class Devices {
  private static final Pattern GPU = Pattern.compile("gpu-(\\d+)(-share|-mig-.+)?");
  private static final Pattern TPU = Pattern.compile("tpu-(\\d+)-(\\d+)-(\\d+)");

  private Devices() {}

  public static Device read(dev.berth.api.common.v1.Device wire) {
    if (wire.getName().equals("cpu")) {
      return wire.getModel().equals(Device.Seat.MODEL) ? new Device.Seat() : new Device.Cpu();
    }
    Matcher tpu = TPU.matcher(wire.getName());
    if (tpu.matches()) {
      return new Device.TpuChip(
          number(tpu, 1), number(tpu, 2), number(tpu, 3), wire.getModel(), wire.getMemoryMib());
    }
    Matcher gpu = GPU.matcher(wire.getName());
    if (!gpu.matches()) {
      throw new IllegalArgumentException(
          "Device name '"
              + wire.getName()
              + "' is not of the form gpu-<i>..., tpu-<x>-<y>-<z> or cpu");
    }
    return gpu(wire, number(gpu, 1), gpu.group(2) == null ? "" : gpu.group(2));
  }

  private static Device gpu(dev.berth.api.common.v1.Device wire, int card, String kind) {
    if (kind.isEmpty()) {
      return new Device.WholeGpu(card, wire.getModel(), wire.getMemoryMib());
    }
    return kind.equals("-share")
        ? new Device.ShareOfGpu(card, wire.getModel(), wire.getMilli(), wire.getMemoryMib())
        : new Device.MigInstance(
            card, wire.getModel(), wire.getMigProfile(), wire.getMigStart(), wire.getMemoryMib());
  }

  public static dev.berth.api.common.v1.Device write(Device device) {
    dev.berth.api.common.v1.Device.Builder wire =
        dev.berth.api.common.v1.Device.newBuilder()
            .setName(device.name())
            .setModel(device.model())
            .setMilli(1000)
            .setMemoryMib(device.memoryMib());
    switch (device) {
      case Device.MigInstance mig -> wire.setMigProfile(mig.profile()).setMigStart(mig.start());
      case Device.ShareOfGpu share -> wire.setMilli(share.milli());
      case Device.WholeGpu gpu -> {}
      case Device.TpuChip chip -> {}
      case Device.Cpu cpu -> {}
      case Device.Seat seat -> {}
    }
    return wire.build();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
