package dev.berth.hub;

import dev.berth.api.process.HostPort;
import dev.berth.hub.accounts.AccountRoutes;
import dev.berth.hub.accounts.Accounts;
import dev.berth.hub.accounts.Callers;
import dev.berth.hub.accounts.Tokens;
import dev.berth.hub.credits.CreditRoutes;
import dev.berth.hub.credits.Credits;
import dev.berth.hub.http.Refusal;
import dev.berth.hub.usage.Usage;
import dev.berth.hub.usage.UsageRoutes;
import dev.berth.hub.zerogpu.Fleet;
import dev.berth.hub.zerogpu.FleetRoutes;
import dev.berth.hub.zerogpu.QuotaRoutes;
import dev.berth.hub.zerogpu.Quotas;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub's HTTP server: usage API and pages. Requests run on virtual threads. */
public final class HubHttp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HubHttp.class);
  private static final int THREADS_MIN = 2;
  private static final int THREADS_MAX = 12;

  private final Javalin server;

  public static HubHttp start(
      HostPort listen,
      Tokens tokens,
      Accounts accounts,
      Usage usage,
      Credits credits,
      Quotas quotas,
      Fleet fleet,
      BooleanSupplier ready) {
    Callers callers = new Callers(tokens);
    UsageRoutes routes = new UsageRoutes(callers, usage, credits);
    CreditRoutes money = new CreditRoutes(callers, accounts, credits);
    QuotaRoutes zeroGpu = new QuotaRoutes(callers, quotas);
    FleetRoutes shared = new FleetRoutes(callers, fleet, quotas);
    AccountRoutes people = new AccountRoutes(callers, accounts, tokens, new SecureRandom());
    Javalin server =
        Javalin.create(
            config -> {
              tune(config);
              config.routes.get("/healthz", context -> health(context, ready));
              config.routes.get("/", context -> context.redirect("/billing"));
              config.routes.get("/api/whoami-v2", people::whoami);
              config.routes.get("/api/spaces/zero-gpu/quota", zeroGpu::own);
              config.routes.get("/api/zerogpu", shared::loads);
              config.routes.get("/zerogpu", shared::page);
              config.routes.get("/api/accounts/{name}", money::show);
              config.routes.put("/api/accounts/{name}", people::change);
              config.routes.post("/api/accounts/{name}/credits", money::topUp);
              config.routes.post("/api/accounts/{name}/tokens", people::issue);
              config.routes.get("/api/usage", routes::usage);
              config.routes.get("/api/audit", routes::audit);
              config.routes.get("/api/audit/credits", money::books);
              config.routes.get("/billing", routes::page);
              config.routes.exception(Refusal.class, (refusal, context) -> refusal.answer(context));
              config.routes.exception(Exception.class, HubHttp::broken);
              config.routes.error(404, HubHttp::notFound);
            });
    return new HubHttp(server.start(listen.host(), listen.port()));
  }

  private HubHttp(Javalin server) {
    this.server = server;
  }

  private static void tune(JavalinConfig config) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
    config.jetty.threadPool = threads;
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
  }

  private static void health(Context context, BooleanSupplier ready) {
    boolean ok = ready.getAsBoolean();
    context.status(ok ? 200 : 503).result(ok ? "ok\n" : "not ready\n");
  }

  private static void notFound(Context context) {
    new Refusal(
            404,
            "NotFound",
            "No page " + context.path() + " here; try /billing, /zerogpu or /api/usage")
        .answer(context);
  }

  private static void broken(Exception problem, Context context) {
    LOG.atError().setCause(problem).addKeyValue("path", context.path()).log("A request failed.");
    new Refusal(500, "InternalError", "The hub could not answer; its log says why").answer(context);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
