package dev.berth.scheduler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.api.scheduler.v1.PublishFlavorsRequest;
import dev.berth.api.scheduler.v1.PublishQuotasRequest;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.quota.Past;
import dev.berth.scheduler.core.quota.Quotas;
import dev.berth.scheduler.wire.Inventories;
import dev.berth.scheduler.wire.Placements;
import dev.berth.scheduler.wire.QuotaMessages;
import dev.berth.scheduler.wire.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Facts as bytes: the protobuf messages of the API. */
final class StoredBytes {
  private StoredBytes() {}

  static byte[] of(Placement placement) {
    return Placements.write(placement).toByteArray();
  }

  static byte[] of(Inventory inventory) {
    return Inventories.write(inventory).toByteArray();
  }

  static byte[] of(List<Flavor> flavors) {
    return PublishFlavorsRequest.newBuilder()
        .addAllFlavors(flavors.stream().map(Shapes::write).toList())
        .build()
        .toByteArray();
  }

  static byte[] of(Quotas quotas) {
    return QuotaMessages.write(quotas).toByteArray();
  }

  static byte[] of(Past past) {
    return (past.micros() + " " + past.atNanos()).getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] of(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  static Past past(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.US_ASCII);
    int space = text.indexOf(' ');
    return new Past(
        Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
  }

  /** Nothing stored is no quotas. */
  static Quotas quotas(byte[] bytes) throws InvalidProtocolBufferException {
    return bytes.length == 0
        ? Quotas.NONE
        : QuotaMessages.read(PublishQuotasRequest.parseFrom(bytes));
  }

  static Placement placement(byte[] bytes) throws InvalidProtocolBufferException {
    return Placements.read(dev.berth.api.scheduler.v1.Placement.parseFrom(bytes));
  }

  static Inventory inventory(byte[] bytes) throws InvalidProtocolBufferException {
    return Inventories.read(dev.berth.api.agent.v1.Inventory.parseFrom(bytes));
  }

  static List<Flavor> flavors(byte[] bytes) throws InvalidProtocolBufferException {
    return PublishFlavorsRequest.parseFrom(bytes).getFlavorsList().stream()
        .map(Shapes::read)
        .toList();
  }
}
