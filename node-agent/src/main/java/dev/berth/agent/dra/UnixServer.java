package dev.berth.agent.dra;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gRPC server on a unix socket; replaces a socket file that a former process left. */
final class UnixServer implements AutoCloseable {
  private static final int LONGEST_PATH = 107;
  private final Path socket;
  private final Server server;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  UnixServer(Path socket, List<BindableService> services) throws IOException {
    this.socket = socket;
    if (socket.toString().length() > LONGEST_PATH) {
      throw new IOException(
          "Socket path "
              + socket
              + " is longer than "
              + LONGEST_PATH
              + "; use a shorter kubeletRoot");
    }
    Files.createDirectories(Objects.requireNonNull(socket.getParent()));
    Files.deleteIfExists(socket);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            // Unix sockets do not know TCP keep-alive; null takes gRPC's default away.
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .executor(executor);
    services.forEach(builder::addService);
    server = started(builder);
  }

  private Server started(NettyServerBuilder builder) throws IOException {
    try {
      return builder.build().start();
    } catch (IOException e) {
      var _ = loop.shutdownGracefully();
      executor.shutdown();
      throw e;
    }
  }

  boolean present() {
    return Files.exists(socket);
  }

  @Override
  public void close() {
    server.shutdownNow();
    var _ = loop.shutdownGracefully();
    executor.shutdown();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
