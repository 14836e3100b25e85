package dev.berth.hub.metering;

import com.google.protobuf.ByteString;
import java.util.List;

/** One report of a node's journal. {@code content} is the whole message as it came. */
public record NodeReport(
    String node,
    String journalId,
    long seq,
    long wallUnixNanos,
    List<LeaseLine> leases,
    List<DeviceTotals> devices,
    ByteString content) {}
