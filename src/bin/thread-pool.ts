/**
 * Flushing a file keeps one of libuv's threads waiting for the disk, and 4, the default, is a queue when a room hands
 * in. Read once, when the first of them is needed: so this is imported before anything else.
 */
process.env.UV_THREADPOOL_SIZE ??= '16';
