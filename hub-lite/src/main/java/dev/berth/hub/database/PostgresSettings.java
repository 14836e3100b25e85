package dev.berth.hub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server's configuration file: durable, small, on the loopback interface only. */
final class PostgresSettings {
  private PostgresSettings() {}

  static void write(Path data, int port) throws IOException {
    Files.writeString(
        data.resolve("postgresql.conf"),
        """
        # Written by the Berth hub at each start.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 20
        shared_buffers = 32MB
        work_mem = 4MB
        maintenance_work_mem = 32MB
        max_wal_size = 256MB
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        max_worker_processes = 2
        max_parallel_workers = 0
        max_wal_senders = 0
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%%m [%%p] '
        """
            .formatted(port));
  }
}
