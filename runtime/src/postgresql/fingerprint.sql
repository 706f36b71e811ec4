WITH temporary AS MATERIALIZED (
  SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't'
)
SELECT concat_ws(' ', count(*), sum(h)) FROM (
  SELECT hashnameextended(nspname, oid::bigint) FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'
  UNION ALL
  SELECT hash_record_extended(row(oid, relname, relnamespace, relkind, relpersistence, relrowsecurity, relforcerowsecurity,
    relispartition, reloptions), 0)
  FROM pg_catalog.pg_class
  WHERE oid >= 16384 AND relpersistence <> 't' AND relnamespace <> 'pg_toast'::pg_catalog.regnamespace
  UNION ALL
  SELECT hashtextextended(xmin::text, attrelid::bigint) FROM pg_catalog.pg_attribute
  WHERE attrelid >= 16384 AND attnum > 0 AND attrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_constraint
  WHERE oid >= 16384 AND conrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, indexrelid::bigint) FROM pg_catalog.pg_index
  WHERE indexrelid >= 16384 AND indexrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, seqrelid::bigint) FROM pg_catalog.pg_sequence
  WHERE seqrelid >= 16384 AND seqrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, inhrelid::bigint) FROM pg_catalog.pg_inherits
  WHERE inhrelid >= 16384 AND inhrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_trigger
  WHERE tgrelid >= 16384 AND NOT tgisinternal AND tgrelid <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_rewrite
  WHERE ev_class >= 16384 AND ev_class <> ALL (ARRAY(SELECT oid FROM temporary))
  UNION ALL
  SELECT hashtextextended(concat_ws(' ', xmin, polroles::pg_catalog.regrole[]), oid::bigint) FROM pg_catalog.pg_policy
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_type
  WHERE oid >= 16384 AND typtype <> 'c' AND typelem = 0
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_enum
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_proc WHERE oid >= 16384
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_extension
  UNION ALL
  SELECT hashtextextended(xmin::text, objid::bigint) FROM pg_catalog.pg_depend
  WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_collation WHERE oid >= 16384
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_operator WHERE oid >= 16384
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_opclass WHERE oid >= 16384
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_ts_config WHERE oid >= 16384
  UNION ALL
  SELECT hashtextextended(xmin::text, oid::bigint) FROM pg_catalog.pg_language WHERE oid >= 16384
) AS written(h)
