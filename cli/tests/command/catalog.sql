-- What `cargo tablature schema --format json` prints of PostgreSQL, as the server's catalogs have it.
WITH own AS (
    SELECT c.*, n.nspname AS schema
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
        AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
),
names AS (
    SELECT attrelid AS relation, attnum AS number, attname AS name FROM pg_attribute
)
SELECT json_build_object(
    'tables', (
        SELECT json_agg(json_build_object(
            'schema', t.schema,
            'name', t.relname,
            'kind', CASE t.relkind WHEN 'f' THEN 'foreign' ELSE 'table' END,
            'strict', false,
            'without_rowid', false,
            'columns', (
                SELECT coalesce(json_agg(json_build_object(
                    'name', a.attname,
                    'type', format_type(a.atttypid, a.atttypmod),
                    'not_null', a.attnotnull,
                    'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
                    'primary_key', coalesce((
                        SELECT array_position(k.conkey, a.attnum) FROM pg_constraint k
                        WHERE k.conrelid = t.oid AND k.contype = 'p'
                    ), 0),
                    'generated', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END
                ) ORDER BY a.attnum), '[]')
                FROM pg_attribute a
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
            ),
            'foreign_keys', (
                SELECT coalesce(json_agg(json_build_object(
                    'columns', (
                        SELECT json_agg(n.name ORDER BY k.place)
                        FROM unnest(f.conkey) WITH ORDINALITY k (number, place)
                        JOIN names n ON n.relation = f.conrelid AND n.number = k.number
                    ),
                    'schema', p.relnamespace::regnamespace::text,
                    'table', p.relname,
                    'references', (
                        SELECT json_agg(n.name ORDER BY k.place)
                        FROM unnest(f.confkey) WITH ORDINALITY k (number, place)
                        JOIN names n ON n.relation = f.confrelid AND n.number = k.number
                    ),
                    'on_update', CASE f.confupdtype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                        WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END,
                    'on_delete', CASE f.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                        WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END
                )), '[]')
                FROM pg_constraint f
                JOIN pg_class p ON p.oid = f.confrelid
                LEFT JOIN pg_constraint parent ON parent.oid = f.conparentid
                WHERE f.conrelid = t.oid AND f.contype = 'f' AND parent.conrelid IS DISTINCT FROM f.conrelid
            ),
            'unique', (
                SELECT coalesce(json_agg((
                    SELECT json_agg(n.name ORDER BY k.place)
                    FROM unnest(u.conkey) WITH ORDINALITY k (number, place)
                    JOIN names n ON n.relation = u.conrelid AND n.number = k.number
                )), '[]')
                FROM pg_constraint u WHERE u.conrelid = t.oid AND u.contype = 'u'
            )
        ))
        FROM own t WHERE t.relkind IN ('r', 'p', 'f')
    ),
    'indexes', (
        SELECT json_agg(json_build_object(
            'schema', r.schema,
            'name', r.relname,
            'table', t.relname,
            'unique', i.indisunique,
            'columns', (
                SELECT json_agg(n.name ORDER BY k.place)
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
                LEFT JOIN names n ON n.relation = i.indrelid AND n.number = k.number AND k.number <> 0
                WHERE k.place <= i.indnkeyatts
            ),
            'partial', i.indpred IS NOT NULL
        ))
        FROM own r
        JOIN pg_index i ON i.indexrelid = r.oid
        JOIN pg_class t ON t.oid = i.indrelid
        WHERE NOT EXISTS (
            SELECT FROM pg_constraint k WHERE k.conindid = r.oid AND k.contype IN ('p', 'u', 'x')
        )
    ),
    'views', (
        SELECT json_agg(json_build_object(
            'schema', v.schema,
            'name', v.relname,
            'materialized', v.relkind = 'm',
            'columns', (
                SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
                WHERE a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped
            )
        ))
        FROM own v WHERE v.relkind IN ('v', 'm')
    ),
    'triggers', (
        SELECT json_agg(json_build_object('schema', t.schema, 'name', g.tgname, 'table', t.relname))
        FROM own t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
    ),
    'enums', (
        SELECT json_agg(json_build_object(
            'schema', n.nspname,
            'name', e.typname,
            'labels', (
                SELECT coalesce(json_agg(l.enumlabel ORDER BY l.enumsortorder), '[]')
                FROM pg_enum l WHERE l.enumtypid = e.oid
            )
        ))
        FROM pg_type e JOIN pg_namespace n ON n.oid = e.typnamespace
        WHERE e.typtype = 'e' AND n.nspname !~ '^pg_' AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_type'::regclass AND d.objid = e.oid AND d.deptype = 'e'
        )
    ),
    'sequences', (
        SELECT json_agg(json_build_object('schema', s.schema, 'name', s.relname))
        FROM own s WHERE s.relkind = 'S'
    )
)::text
