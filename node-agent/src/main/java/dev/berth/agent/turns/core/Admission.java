package dev.berth.agent.turns.core;

import dev.berth.agent.turns.core.TurnsState.Pending;
import dev.berth.agent.turns.quota.Allowance;
import dev.berth.agent.turns.quota.Draw;
import dev.berth.agent.turns.quota.DrawAnswer;
import dev.berth.agent.turns.quota.DrawAnswer.Standing;
import dev.berth.agent.turns.quota.Escrow;
import dev.berth.agent.turns.quota.QuotaRules;
import dev.berth.agent.turns.quota.Reservation;
import dev.berth.agent.turns.quota.Reserved;
import dev.berth.agent.turns.quota.Reserved.Refused;
import dev.berth.turns.model.Size;
import dev.berth.turns.model.Turn;
import dev.berth.turns.queue.QueueEvent;
import dev.berth.turns.queue.Runs;
import dev.berth.turns.queue.Waiting;

/** From a call to a place in the queue: its size, its quota. */
final class Admission {
  private static final int NODE = 0;

  private Admission() {}

  static void scheduled(Draft draft, TurnEvent.Scheduled event) {
    TurnRequest asked = event.request();
    if (isKnown(draft, asked.id())) {
      return;
    }
    if (!draft.book().seats().containsKey(asked.lease())) {
      draft.answer(asked.id(), new TurnAnswer.Unavailable("The seat of this pod was given back"));
      return;
    }
    TurnRequest request = sized(draft, asked, event.sizeGiven());
    long longest = draft.book().rules().of(request.tier()).longestNanos();
    if (request.declaredCost() > longest) {
      draft.answer(request.id(), new TurnAnswer.TooLong(request.declaredCost(), longest));
      return;
    }
    admit(draft, new Pending(request, draft.at(), null, event.drawId()));
  }

  /** Turns that wait or run keep what they were admitted with. */
  static void heard(Draft draft, QuotaRules rules) {
    if (!rules.equals(draft.book().rules())) {
      draft.fact(new TurnFact.PolicyHeard(rules));
    }
  }

  private static boolean isKnown(Draft draft, String turn) {
    return draft.pending().containsKey(turn) || draft.book().turns().containsKey(turn);
  }

  /** A retry of the client drops the size, so it is remembered. */
  private static TurnRequest sized(Draft draft, TurnRequest asked, boolean given) {
    String key = Book.task(asked.lease(), asked.task());
    Size known = draft.book().sizes().getOrDefault(key, Size.LARGE);
    if (given && known != asked.size()) {
      draft.fact(new TurnFact.SizeSeen(asked.lease(), asked.task(), asked.size()));
    }
    return given ? asked : asked.sized(known);
  }

  static void admit(Draft draft, Pending call) {
    TurnRequest r = call.request();
    Escrow escrow = draft.book().escrow();
    long unix = draft.now.unixNanos();
    switch (escrow.reserve(r.visitor(), r.declaredCost(), likely(draft, r), unix)) {
      case Reserved.Ready ready -> offer(draft, call, ready.reservation());
      case Reserved.NeedsDraw n -> ask(draft, call, n.needNanos(), n.wantNanos(), n.runs());
      case Refused refused -> refuse(draft, call, refused);
    }
  }

  private static long likely(Draft draft, TurnRequest r) {
    Runs runs = draft.book().runs().getOrDefault(r.space(), Runs.NONE);
    return runs.percentile95(r.declaredNanos()) * r.size().devices();
  }

  private static void ask(Draft draft, Pending call, long need, long want, int runs) {
    TurnRequest r = call.request();
    Draw draw = new Draw(call.drawName(), r.visitor(), r.tier(), need, want, runs);
    draft.fact(new TurnFact.DrawAsked(draw));
    draft.pend(call.waitsFor(draw.drawId()));
    draft.effect(new TurnEffect.Ask(draw));
  }

  static void drawn(Draft draft, String drawId, DrawAnswer answer) {
    Draw draw = draft.book().escrow().draws().get(drawId);
    if (draw == null) {
      return;
    }
    switch (answer) {
      case DrawAnswer.Given given -> given(draft, draw, given);
      case DrawAnswer.Denied denied -> denied(draft, draw, denied);
    }
  }

  private static void given(Draft draft, Draw draw, DrawAnswer.Given given) {
    draft.standing(draw.visitor(), given.standing());
    draft.fact(
        new TurnFact.AllowanceGiven(
            Allowance.drawn(
                draw.drawId(),
                draw.visitor(),
                given.nanos(),
                given.runs(),
                given.expiresUnix(),
                draft.at())));
    for (Pending call : draft.pending().values()) {
      if (draw.drawId().equals(call.drawId())) {
        fromHeld(draft, call, new Refused(Refused.Code.QUOTA_EXHAUSTED, 0, 0));
      }
    }
  }

  private static void denied(Draft draft, Draw draw, DrawAnswer.Denied denied) {
    draft.standing(draw.visitor(), denied.standing());
    draft.fact(new TurnFact.DrawDenied(draw.drawId()));
    for (Pending call : draft.pending().values()) {
      if (!draw.drawId().equals(call.drawId())) {
        continue;
      }
      if (denied.code() == Refused.Code.RUNS_EXHAUSTED && draw.runs() > 1) {
        ask(draft, call, draw.needNanos(), draw.wantNanos(), 1);
      } else {
        fromHeld(draft, call, new Refused(denied.code(), denied.leftNanos(), denied.waitNanos()));
      }
    }
  }

  /** No more is to be had: what is here must do. */
  private static void fromHeld(Draft draft, Pending call, Refused why) {
    TurnRequest r = call.request();
    Escrow escrow = draft.book().escrow();
    long unix = draft.now.unixNanos();
    switch (escrow.reserveFromHeld(r.visitor(), r.declaredCost(), likely(draft, r), unix)) {
      case Reserved.Ready ready -> offer(draft, call, ready.reservation());
      case Refused here ->
          refuse(
              draft,
              call,
              new Refused(why.code(), why.leftNanos() + here.leftNanos(), why.waitNanos()));
      case Reserved.NeedsDraw _ -> throw new IllegalStateException("nothing more can be drawn");
    }
  }

  private static void refuse(Draft draft, Pending call, Refused refused) {
    draft.unpend(call.request().id());
    draft.answer(call.request().id(), new TurnAnswer.Refused(refused));
  }

  private static void offer(Draft draft, Pending call, Reservation reservation) {
    TurnRequest r = call.request();
    draft.escrow(draft.book().escrow().reserved(r.id(), reservation));
    draft.pend(call.waitsFor(null));
    draft.queue(new QueueEvent.Offer(turn(draft, r, draft.policy.load())));
    topUp(draft, call);
    Waiting waiting = Waiting.of(draft.queue(), r.id(), draft.at());
    if (draft.pending().containsKey(r.id()) && waiting != null) {
      draft.answer(r.id(), new TurnAnswer.Queued(waiting.cause()));
    }
  }

  /** Draws ahead of need, so that the next call need not wait for it. */
  private static void topUp(Draft draft, Pending call) {
    TurnRequest r = call.request();
    Escrow escrow = draft.book().escrow();
    boolean asking =
        escrow.draws().values().stream().anyMatch(d -> d.visitor().equals(r.visitor()));
    long unix = draft.now.unixNanos();
    if (!asking
        && escrow.reserve(r.visitor(), r.declaredCost(), 0, unix) instanceof Reserved.NeedsDraw n) {
      Draw draw =
          new Draw(call.drawName() + "a", r.visitor(), r.tier(), 1, n.wantNanos(), n.runs());
      draft.fact(new TurnFact.DrawAsked(draw));
      draft.effect(new TurnEffect.Ask(draw));
    }
  }

  static Turn turn(Draft draft, TurnRequest r, long load) {
    Standing standing = draft.standing(r.visitor());
    long memory = draft.devices().values().stream().mapToLong(d -> d.memoryMib()).max().orElse(0);
    return new Turn(
        r.id(),
        r.visitor(),
        draft.book().rules().of(r.tier()).weight(),
        r.space(),
        r.size(),
        r.declaredNanos(),
        load,
        memory * r.size().devices(),
        standing.leftPermille(),
        NODE);
  }

  /** A call that was chosen, but whose quota or device went away while it waited. */
  static void again(Draft draft, Pending call) {
    String id = call.request().id();
    draft.escrow(draft.book().escrow().dropped(id));
    draft.queue(new QueueEvent.Cancel(id));
    admit(draft, call.renamed());
  }
}
