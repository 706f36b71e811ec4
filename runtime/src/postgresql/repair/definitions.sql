SELECT 'view', n.nspname, c.relname,
  format('CREATE %sVIEW %I.%I%s AS %s%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END, n.nspname, c.relname,
    CASE WHEN c.reloptions IS NULL THEN '' ELSE format(' WITH (%s)', array_to_string(c.reloptions, ', ')) END,
    rtrim(pg_get_viewdef(c.oid), ';'),
    CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN ' WITH NO DATA' ELSE '' END)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'

UNION ALL
SELECT 'routine', n.nspname, format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
  CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'

UNION ALL
SELECT 'rule', n.nspname, format('%s.%s', c.relname, w.rulename), rtrim(pg_get_ruledef(w.oid), ';')
FROM pg_rewrite w
JOIN pg_class c ON c.oid = w.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE w.rulename <> '_RETURN' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'

UNION ALL
SELECT 'range', n.nspname, t.typname,
  format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s, SUBTYPE_OPCLASS = %I.%I%s%s%s, MULTIRANGE_TYPE_NAME = %I.%I)',
    n.nspname, t.typname, format_type(r.rngsubtype, NULL), kn.nspname, k.opcname,
    CASE WHEN co.oid IS NULL THEN '' ELSE format(', COLLATION = %I.%I', cn.nspname, co.collname) END,
    CASE WHEN r.rngcanonical = 0 THEN '' ELSE format(', CANONICAL = %s', r.rngcanonical) END,
    CASE WHEN r.rngsubdiff = 0 THEN '' ELSE format(', SUBTYPE_DIFF = %s', r.rngsubdiff) END, mn.nspname, m.typname)
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_opclass k ON k.oid = r.rngsubopc
JOIN pg_namespace kn ON kn.oid = k.opcnamespace
JOIN pg_type m ON m.oid = r.rngmultitypid
JOIN pg_namespace mn ON mn.oid = m.typnamespace
LEFT JOIN pg_collation co ON co.oid = r.rngcollation
LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'

UNION ALL
SELECT 'extension', 'public', e.extname, format('CREATE EXTENSION %I WITH SCHEMA %I', e.extname, n.nspname)
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace

UNION ALL
SELECT 'identity', n.nspname, format('%s.%s', c.relname, a.attname),
  format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
    s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)
FROM pg_sequence s
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype = 'i'
  AND d.refclassid = 'pg_class'::regclass
JOIN pg_class c ON c.oid = d.refobjid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
