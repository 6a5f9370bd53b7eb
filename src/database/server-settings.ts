/**
 * Settings of the embedded server, as arguments. Everything about durability is PostgreSQL's default (fsync,
 * full_page_writes, synchronous_commit on): a receipt is a promise. What is here keeps it private to this machine
 * and small: no replication, no parallel plans, no worker processes for reading.
 */
export function serverSettings(port: number): string[] {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: 150,
    shared_buffers: '64MB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '512MB',
    io_method: 'sync',
    max_worker_processes: 2,
    max_logical_replication_workers: 0,
    max_parallel_workers_per_gather: 0,
    max_parallel_maintenance_workers: 0,
    jit: 'off',
    // Statements carry names and hashes of people: their text stays out of the log.
    log_min_error_statement: 'panic',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
