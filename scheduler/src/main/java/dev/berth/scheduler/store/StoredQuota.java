package dev.berth.scheduler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.berth.api.turns.v1.AllowanceRecord;
import dev.berth.api.turns.v1.DrawPhase;
import dev.berth.api.turns.v1.DrawRecord;
import dev.berth.api.turns.v1.QuotaRefusal;
import dev.berth.api.turns.v1.VisitorRecord;
import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.wire.TurnQuotas;
import dev.berth.turns.quota.Allowance;
import dev.berth.turns.quota.Answer;
import dev.berth.turns.quota.Ask;
import dev.berth.turns.quota.Draw;
import dev.berth.turns.quota.VisitorQuota;

/** A visitor's quota as bytes. */
final class StoredQuota {
  private StoredQuota() {}

  static byte[] write(VisitorQuota quota) {
    VisitorRecord.Builder visitor =
        VisitorRecord.newBuilder()
            .setVisitor(quota.visitor())
            .setTier(quota.tier())
            .setStartUnixNanos(quota.startNanos())
            .setEndUnixNanos(quota.endNanos())
            .setBaseUsedNanos(quota.baseUsedNanos())
            .setCreditUsedNanos(quota.creditUsedNanos())
            .setRunsUsed(quota.runsUsed());
    quota.draws().values().forEach(draw -> visitor.addDraws(write(draw)));
    return visitor.build().toByteArray();
  }

  private static DrawRecord write(Draw draw) {
    Ask ask = draw.ask();
    DrawRecord.Builder written =
        DrawRecord.newBuilder()
            .setDrawId(ask.id())
            .setNode(ask.node())
            .setTier(ask.tier())
            .setNeedNanos(ask.needNanos())
            .setWantNanos(ask.wantNanos())
            .setRuns(ask.runs());
    switch (draw) {
      case Draw.Asked asked ->
          written.setPhase(DrawPhase.DRAW_ASKED).setAllowance(write(asked.base()));
      case Draw.Open open ->
          written
              .setPhase(DrawPhase.DRAW_OPEN)
              .setAllowance(write(open.allowance()))
              .setUsedNanos(open.usedNanos())
              .setUsedRuns(open.usedRuns());
      case Draw.Closed closed -> close(written, closed);
    }
    return written.build();
  }

  private static void close(DrawRecord.Builder written, Draw.Closed closed) {
    written
        .setPhase(DrawPhase.DRAW_CLOSED)
        .setUsedNanos(closed.usedNanos())
        .setUsedRuns(closed.usedRuns())
        .setClosedUnixNanos(closed.atNanos())
        .setSettled(closed.settled());
    switch (closed.answer()) {
      case Answer.Given(Allowance allowance) -> written.setAllowance(write(allowance));
      case Answer.Refused refused -> written.setRefusal(TurnQuotas.write(refused));
      case Answer.Contradicted contradicted ->
          throw new IllegalStateException("A draw was kept that contradicts: " + contradicted);
    }
  }

  private static AllowanceRecord write(Allowance allowance) {
    return AllowanceRecord.newBuilder()
        .setNanos(allowance.nanos())
        .setRuns(allowance.runs())
        .setWindowUnixNanos(allowance.windowNanos())
        .setExpiresUnixNanos(allowance.expiresNanos())
        .setCreditNanos(allowance.creditNanos())
        .setMicroUsdPerMinute(allowance.microUsdPerMinute())
        .build();
  }

  static VisitorQuota read(byte[] bytes) throws InvalidProtocolBufferException {
    VisitorRecord visitor = VisitorRecord.parseFrom(bytes);
    OrderedMap<String, Draw> draws = OrderedMap.empty();
    for (DrawRecord draw : visitor.getDrawsList()) {
      draws = draws.with(draw.getDrawId(), read(visitor.getVisitor(), draw));
    }
    return new VisitorQuota(
        visitor.getVisitor(),
        visitor.getTier(),
        visitor.getStartUnixNanos(),
        visitor.getEndUnixNanos(),
        visitor.getBaseUsedNanos(),
        visitor.getCreditUsedNanos(),
        visitor.getRunsUsed(),
        draws);
  }

  private static Draw read(String visitor, DrawRecord draw) {
    Ask ask =
        new Ask(
            draw.getDrawId(),
            draw.getNode(),
            visitor,
            draw.getTier(),
            draw.getNeedNanos(),
            draw.getWantNanos(),
            draw.getRuns());
    return switch (draw.getPhase()) {
      case DRAW_ASKED -> new Draw.Asked(ask, read(draw.getAllowance()));
      case DRAW_OPEN ->
          new Draw.Open(ask, read(draw.getAllowance()), draw.getUsedNanos(), draw.getUsedRuns());
      case DRAW_CLOSED ->
          new Draw.Closed(
              ask,
              draw.hasRefusal()
                  ? read(draw.getRefusal())
                  : new Answer.Given(read(draw.getAllowance())),
              draw.getUsedNanos(),
              draw.getUsedRuns(),
              draw.getClosedUnixNanos(),
              draw.getSettled());
      case DRAW_PHASE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("Draw " + ask.id() + " has no known phase");
    };
  }

  private static Answer read(QuotaRefusal refusal) {
    return new Answer.Refused(
        TurnQuotas.read(refusal.getCode()), refusal.getLeftNanos(), refusal.getWaitNanos());
  }

  private static Allowance read(AllowanceRecord allowance) {
    return new Allowance(
        allowance.getNanos(),
        allowance.getRuns(),
        allowance.getWindowUnixNanos(),
        allowance.getExpiresUnixNanos(),
        allowance.getCreditNanos(),
        allowance.getMicroUsdPerMinute());
  }
}
