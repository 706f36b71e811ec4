-- Writes `settings.tsv`, the parameters of a server: psql -X -At -F '	' -f settings.sql > settings.tsv
--
-- Run on PostgreSQL 15. What a server of another major version adds or lacks is in the lists below, from the release
-- notes and the tables in `guc.c` and `guc_tables.c` of each.
-- Columns: name, kind, context, unit, least, greatest, words, list, first version, last version.
-- `words` has first those that `pg_settings` shows, then those that the server also takes.
WITH hidden_words(name, words) AS (
    VALUES ('backslash_quote', 'true,false,yes,no,1,0'),
           ('client_min_messages', 'debug,info,fatal,panic'),
           ('compute_query_id', 'true,false,yes,no,1,0'),
           ('constraint_exclusion', 'true,false,yes,no,1,0'),
           ('force_parallel_mode', 'true,false,yes,no,1,0'),
           ('huge_pages', 'true,false,yes,no,1,0'),
           ('log_min_error_statement', 'debug'),
           ('log_min_messages', 'debug'),
           ('recovery_prefetch', 'true,false,yes,no,1,0'),
           ('synchronous_commit', 'true,false,yes,no,1,0'),
           ('wal_compression', 'true,yes,1,false,no,0'),
           ('wal_level', 'archive,hot_standby')
), lists(name) AS (
    VALUES ('DateStyle'), ('search_path'), ('temp_tablespaces'), ('local_preload_libraries'),
           ('session_preload_libraries'), ('shared_preload_libraries'), ('listen_addresses'),
           ('unix_socket_directories'), ('log_destination'), ('synchronous_standby_names'),
           ('wal_consistency_checking'), ('restrict_nonsystem_relation_kind')
), of_older(name, first, last) AS (
    VALUES ('allow_in_place_tablespaces', '15', ''), ('archive_library', '15', ''),
           ('log_startup_progress_interval', '15', ''),
           ('recovery_prefetch', '15', ''), ('recursive_worktable_factor', '15', ''),
           ('shared_memory_size', '15', ''), ('shared_memory_size_in_huge_pages', '15', ''),
           ('stats_fetch_consistency', '15', ''), ('wal_decode_buffer_size', '15', ''),
           ('promote_trigger_file', '', '15'), ('vacuum_defer_cleanup_age', '', '15'),
           ('db_user_namespace', '', '16'), ('old_snapshot_threshold', '', '16'),
           ('trace_recovery_messages', '', '16')
), this_server AS (
    SELECT s.name::text, s.vartype::text, s.context, coalesce(s.unit, ''),
           CASE WHEN s.vartype IN ('integer', 'real') THEN s.min_val ELSE '' END,
           CASE WHEN s.vartype IN ('integer', 'real') THEN s.max_val ELSE '' END,
           concat_ws(',', array_to_string(s.enumvals, ','), h.words),
           CASE WHEN l.name IS NULL THEN '' ELSE 'list' END,
           coalesce(o.first, ''), coalesce(o.last, '')
    FROM pg_settings s
    LEFT JOIN hidden_words h ON h.name = s.name
    LEFT JOIN lists l ON l.name = s.name
    LEFT JOIN of_older o ON o.name = s.name
    WHERE s.name NOT LIKE '%.%'
), not_shown(name, vartype, context, unit, least, greatest, words, list, first, last) AS (
    VALUES ('default_with_oids', 'bool', 'user', '', '', '', '', '', '', ''),
           ('is_superuser', 'bool', 'internal', '', '', '', '', '', '', ''),
           ('role', 'string', 'user', '', '', '', '', '', '', ''),
           ('seed', 'real', 'user', '', '-1', '1', '', '', '', ''),
           ('session_authorization', 'string', 'user', '', '', '', '', '', '', ''),
           ('ssl_renegotiation_limit', 'integer', 'user', 'kB', '0', '0', '', '', '', ''),
           ('stats_temp_directory', 'string', 'sighup', '', '', '', '', '', '', '14')
), newer(name, vartype, context, unit, least, greatest, words, list, first, last) AS (
    VALUES ('createrole_self_grant', 'string', 'user', '', '', '', '', 'list', '16', ''),
           ('debug_io_direct', 'string', 'postmaster', '', '', '', '', 'list', '16', ''),
           ('debug_logical_replication_streaming', 'enum', 'user', '', '', '', 'buffered,immediate', '', '16', ''),
           ('debug_parallel_query', 'enum', 'user', '', '', '', 'off,on,regress,true,false,yes,no,1,0', '', '16', ''),
           ('enable_presorted_aggregate', 'bool', 'user', '', '', '', '', '', '16', ''),
           ('gss_accept_delegation', 'bool', 'sighup', '', '', '', '', '', '16', ''),
           ('icu_validation_level', 'enum', 'user', '', '', '', 'disabled,debug5,debug4,debug3,debug2,debug1,log,notice,warning,error,debug', '', '16', ''),
           ('max_parallel_apply_workers_per_subscription', 'integer', 'sighup', '', '0', '1024', '', '', '16', ''),
           ('reserved_connections', 'integer', 'postmaster', '', '0', '262143', '', '', '16', ''),
           ('scram_iterations', 'integer', 'user', '', '1', '2147483647', '', '', '16', ''),
           ('send_abort_for_crash', 'bool', 'sighup', '', '', '', '', '', '16', ''),
           ('send_abort_for_kill', 'bool', 'sighup', '', '', '', '', '', '16', ''),
           ('vacuum_buffer_usage_limit', 'integer', 'user', 'kB', '0', '16777216', '', '', '16', ''),
           ('allow_alter_system', 'bool', 'sighup', '', '', '', '', '', '17', ''),
           ('commit_timestamp_buffers', 'integer', 'postmaster', '8kB', '0', '131072', '', '', '17', ''),
           ('enable_group_by_reordering', 'bool', 'user', '', '', '', '', '', '17', ''),
           ('event_triggers', 'bool', 'superuser', '', '', '', '', '', '17', ''),
           ('huge_pages_status', 'enum', 'internal', '', '', '', 'off,on,unknown', '', '17', ''),
           ('io_combine_limit', 'integer', 'user', '8kB', '1', '128', '', '', '17', ''),
           ('max_notify_queue_pages', 'integer', 'postmaster', '', '64', '2147483647', '', '', '17', ''),
           ('multixact_member_buffers', 'integer', 'postmaster', '8kB', '16', '131072', '', '', '17', ''),
           ('multixact_offset_buffers', 'integer', 'postmaster', '8kB', '16', '131072', '', '', '17', ''),
           ('notify_buffers', 'integer', 'postmaster', '8kB', '16', '131072', '', '', '17', ''),
           ('serializable_buffers', 'integer', 'postmaster', '8kB', '16', '131072', '', '', '17', ''),
           ('subtransaction_buffers', 'integer', 'postmaster', '8kB', '0', '131072', '', '', '17', ''),
           ('summarize_wal', 'bool', 'sighup', '', '', '', '', '', '17', ''),
           ('sync_replication_slots', 'bool', 'sighup', '', '', '', '', '', '17', ''),
           ('synchronized_standby_slots', 'string', 'sighup', '', '', '', '', 'list', '17', ''),
           ('trace_connection_negotiation', 'bool', 'postmaster', '', '', '', '', '', '17', ''),
           ('transaction_buffers', 'integer', 'postmaster', '8kB', '0', '131072', '', '', '17', ''),
           ('transaction_timeout', 'integer', 'user', 'ms', '0', '2147483647', '', '', '17', ''),
           ('wal_summary_keep_time', 'integer', 'sighup', 'min', '0', '35791394', '', '', '17', ''),
           ('autovacuum_vacuum_max_threshold', 'integer', 'sighup', '', '-1', '2147483647', '', '', '18', ''),
           ('autovacuum_worker_slots', 'integer', 'postmaster', '', '1', '262143', '', '', '18', ''),
           ('enable_distinct_reordering', 'bool', 'user', '', '', '', '', '', '18', ''),
           ('enable_self_join_elimination', 'bool', 'user', '', '', '', '', '', '18', ''),
           ('extension_control_path', 'string', 'superuser', '', '', '', '', '', '18', ''),
           ('file_copy_method', 'enum', 'user', '', '', '', 'copy,clone', '', '18', ''),
           ('idle_replication_slot_timeout', 'integer', 'sighup', 's', '0', '2147483647', '', '', '18', ''),
           ('io_max_combine_limit', 'integer', 'postmaster', '8kB', '1', '128', '', '', '18', ''),
           ('io_max_concurrency', 'integer', 'postmaster', '', '-1', '1024', '', '', '18', ''),
           ('io_method', 'enum', 'postmaster', '', '', '', 'sync,worker,io_uring', '', '18', ''),
           ('io_workers', 'integer', 'sighup', '', '1', '32', '', '', '18', ''),
           ('log_lock_failures', 'bool', 'superuser', '', '', '', '', '', '18', ''),
           ('max_active_replication_origins', 'integer', 'postmaster', '', '0', '262143', '', '', '18', ''),
           ('md5_password_warnings', 'bool', 'user', '', '', '', '', '', '18', ''),
           ('num_os_semaphores', 'integer', 'internal', '', '0', '2147483647', '', '', '18', ''),
           ('oauth_validator_libraries', 'string', 'sighup', '', '', '', '', 'list', '18', ''),
           ('ssl_groups', 'string', 'sighup', '', '', '', '', '', '18', ''),
           ('ssl_tls13_ciphers', 'string', 'sighup', '', '', '', '', '', '18', ''),
           ('track_cost_delay_timing', 'bool', 'superuser', '', '', '', '', '', '18', ''),
           ('vacuum_max_eager_freeze_failure_rate', 'real', 'user', '', '0', '1', '', '', '18', ''),
           ('vacuum_truncate', 'bool', 'user', '', '', '', '', '', '18', '')
)
SELECT * FROM (
    SELECT * FROM this_server UNION ALL SELECT * FROM not_shown UNION ALL SELECT * FROM newer
) settings(name, kind, context, unit, least, greatest, words, list, first, last)
ORDER BY lower(name) COLLATE "C", first;
