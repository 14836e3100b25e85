package dev.berth.e2e.audit;

import dev.berth.api.process.Channels;
import dev.berth.api.scheduler.v1.ListRequest;
import dev.berth.api.scheduler.v1.SchedulerGrpc;
import dev.berth.e2e.client.Schedulers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks the leading scheduler for all leases that are placed or being released. */
record Placements(Schedulers schedulers) implements Supplier<List<PlacedLease>> {

  @Override
  public List<PlacedLease> get() {
    var channel =
        Channels.toServing(
            schedulers.list(), SchedulerGrpc.SERVICE_NAME, schedulers.tls().client());
    try {
      return SchedulerGrpc.newBlockingStub(channel)
          .withWaitForReady()
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .list(ListRequest.getDefaultInstance())
          .getPlacementsList()
          .stream()
          .flatMap(placement -> placement.getLeasesList().stream())
          .map(
              lease ->
                  new PlacedLease(
                      lease.getLeaseId(),
                      lease.getNode(),
                      lease.getDevicesList().stream().map(device -> device.getName()).toList()))
          .toList();
    } finally {
      channel.shutdownNow();
    }
  }
}
