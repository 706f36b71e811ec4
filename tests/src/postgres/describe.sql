-- What a database holds, a line for each fact: the object that it belongs to, the part of it (0 its head, which says what
-- follows its name), the position in that part, and the line. Names are quoted where they must be; the search path is `public`.
-- What extensions bring is left out, and so is what is temporary.
WITH
schemas AS (
    SELECT oid, quote_ident(nspname) AS name FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
brought AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
relations AS (
    SELECT c.*,
        CASE c.relkind
            WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'f' THEN 'foreign table'
            WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type'
        END || ' ' || s.name || '.' || quote_ident(c.relname) AS object
    FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
        AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_class'::regclass AND b.objid = c.oid)
),
types AS (
    SELECT t.*, CASE t.typtype WHEN 'd' THEN 'domain ' ELSE 'type ' END || s.name || '.' || quote_ident(t.typname) AS object
    FROM pg_type t JOIN schemas s ON s.oid = t.typnamespace
    WHERE t.typtype IN ('e', 'd', 'r', 'b') AND NOT (t.typelem <> 0 AND t.typsubscript = 'array_subscript_handler'::regproc)
        AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_type'::regclass AND b.objid = t.oid)
),
functions AS (
    SELECT p.*,
        CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
            || s.name || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS object
    FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_proc'::regclass AND b.objid = p.oid)
        -- The constructors of a range are a part of it.
        AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i'
        )
),
comments AS (
    SELECT classoid, objoid, objsubid, 'comment ' || description AS line FROM pg_description
),
facts (object, part, position, line) AS (
    SELECT 'schema ' || name, 0, 0, '' FROM schemas
    UNION ALL
    SELECT 'schema ' || s.name, 9, 0, c.line
    FROM schemas s JOIN comments c ON c.classoid = 'pg_namespace'::regclass AND c.objoid = s.oid
    WHERE NOT (s.name = 'public' AND c.line = 'comment standard public schema')

    UNION ALL
    SELECT 'extension ' || quote_ident(e.extname), 0, 0, 'schema ' || quote_ident(n.nspname)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'

    -- Relations.
    UNION ALL
    SELECT r.object, 0, 0, concat_ws(' ',
        CASE WHEN r.relkind = 'c' THEN 'composite' END,
        CASE r.relpersistence WHEN 'u' THEN 'unlogged' END,
        CASE WHEN r.reloftype <> 0 THEN 'of ' || format_type(r.reloftype, NULL) END,
        CASE WHEN r.relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(r.oid) END,
        CASE WHEN r.relispartition THEN 'partition of ' || (
            SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = r.oid
        ) || ' ' || pg_get_expr(r.relpartbound, r.oid) END,
        CASE WHEN NOT r.relispartition THEN 'inherits ' || (
            SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
            FROM pg_inherits i WHERE i.inhrelid = r.oid
        ) END,
        CASE WHEN r.relrowsecurity THEN 'row security' END,
        CASE WHEN r.relforcerowsecurity THEN 'force row security' END,
        CASE WHEN r.relkind IN ('r', 'p', 'm') THEN
            CASE r.relreplident WHEN 'f' THEN 'replica identity full' WHEN 'n' THEN 'replica identity nothing' END
        END,
        CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'with no data' END,
        'with (' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(r.reloptions) o) || ')'
    )
    FROM relations r WHERE r.relkind <> 'S'
    UNION ALL
    SELECT r.object, 1, a.attnum, concat_ws(' ',
        'column', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'not null' END,
        CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
        CASE WHEN a.attgenerated = '' THEN 'default ' ELSE 'generated ' END || pg_get_expr(d.adbin, d.adrelid),
        CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation::text END,
        CASE WHEN a.attinhcount > 0 THEN 'inherited' || CASE WHEN a.attislocal THEN ' and local' ELSE '' END END
    )
    FROM relations r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE r.relkind <> 'S'
    UNION ALL
    SELECT r.object, 1, a.attnum, 'column ' || quote_ident(a.attname) || ' ' || c.line
    FROM relations r
    JOIN comments c ON c.classoid = 'pg_class'::regclass AND c.objoid = r.oid AND c.objsubid > 0
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.objsubid
    UNION ALL
    SELECT r.object, 9, 0, c.line
    FROM relations r JOIN comments c ON c.classoid = 'pg_class'::regclass AND c.objoid = r.oid AND c.objsubid = 0

    UNION ALL
    SELECT r.object, 2, 0, concat_ws(' ',
        'constraint', quote_ident(k.conname), pg_get_constraintdef(k.oid),
        CASE WHEN k.coninhcount > 0 THEN 'inherited' || CASE WHEN k.conislocal THEN ' and local' ELSE '' END END,
        c.line
    )
    FROM relations r
    JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype NOT IN ('t', 'n')
    LEFT JOIN comments c ON c.classoid = 'pg_constraint'::regclass AND c.objoid = k.oid

    UNION ALL
    SELECT r.object, 3, 0, concat_ws(' ',
        'index', pg_get_indexdef(i.indexrelid),
        CASE WHEN NOT i.indisvalid THEN 'invalid' END,
        CASE WHEN i.indisclustered THEN 'clustered' END,
        CASE WHEN i.indisreplident THEN 'replica identity' END,
        c.line
    )
    FROM relations r
    JOIN pg_index i ON i.indrelid = r.oid
    LEFT JOIN comments c ON c.classoid = 'pg_class'::regclass AND c.objoid = i.indexrelid AND c.objsubid = 0

    UNION ALL
    SELECT r.object, 4, 0, concat_ws(' ',
        'trigger', pg_get_triggerdef(t.oid),
        CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END,
        c.line
    )
    FROM relations r
    JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    LEFT JOIN comments c ON c.classoid = 'pg_trigger'::regclass AND c.objoid = t.oid

    UNION ALL
    SELECT r.object, 5, 0, concat_ws(' ',
        'rule', quote_ident(w.rulename), 'on',
        CASE w.ev_type WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' WHEN '4' THEN 'delete' END,
        CASE WHEN w.is_instead THEN 'instead' END,
        CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END,
        c.line
    )
    FROM relations r
    JOIN pg_rewrite w ON w.ev_class = r.oid AND NOT (w.ev_type = '1' AND w.rulename = '_RETURN')
    LEFT JOIN comments c ON c.classoid = 'pg_rewrite'::regclass AND c.objoid = w.oid

    UNION ALL
    SELECT r.object, 6, 0, concat_ws(' ',
        'policy', quote_ident(p.polname),
        CASE WHEN NOT p.polpermissive THEN 'restrictive' END,
        'for',
        CASE p.polcmd WHEN '*' THEN 'all' WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' END,
        'to',
        (
            SELECT string_agg(CASE o WHEN 0 THEN 'public' ELSE pg_get_userbyid(o) END, ', ' ORDER BY pg_get_userbyid(o))
            FROM unnest(p.polroles) o
        ),
        'using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')',
        c.line
    )
    FROM relations r
    JOIN pg_policy p ON p.polrelid = r.oid
    LEFT JOIN comments c ON c.classoid = 'pg_policy'::regclass AND c.objoid = p.oid

    -- Sequences.
    UNION ALL
    SELECT r.object, 0, 0, concat_ws(' ',
        'as', format_type(s.seqtypid, NULL), 'start', s.seqstart, 'increment', s.seqincrement,
        'from', s.seqmin, 'to', s.seqmax, 'cache', s.seqcache,
        CASE WHEN s.seqcycle THEN 'cycle' END,
        (
            SELECT CASE d.deptype WHEN 'i' THEN 'identity of ' ELSE 'owned by ' END
                || d.refobjid::regclass || '.' || quote_ident(a.attname)
            FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
                AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        )
    )
    FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid

    -- Types.
    UNION ALL
    SELECT t.object, 0, 0, CASE t.typtype
        WHEN 'e' THEN 'enum'
        WHEN 'r' THEN (
            SELECT concat_ws(' ', 'range of', format_type(g.rngsubtype, NULL), 'multirange', g.rngmultitypid::regtype::text)
            FROM pg_range g WHERE g.rngtypid = t.oid
        )
        WHEN 'b' THEN CASE WHEN t.typisdefined THEN 'base' ELSE 'shell' END
        WHEN 'd' THEN concat_ws(' ',
            'of', format_type(t.typbasetype, t.typtypmod),
            CASE WHEN t.typnotnull THEN 'not null' END,
            'default ' || pg_get_expr(t.typdefaultbin, 0),
            CASE WHEN t.typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = t.typbasetype)
                THEN 'collate ' || t.typcollation::regcollation::text END
        )
    END
    FROM types t
    UNION ALL
    SELECT t.object, 1, row_number() OVER (PARTITION BY t.oid ORDER BY l.enumsortorder), 'label ' || l.enumlabel
    FROM types t JOIN pg_enum l ON l.enumtypid = t.oid
    UNION ALL
    SELECT t.object, 2, 0, concat_ws(' ', 'constraint', quote_ident(k.conname), pg_get_constraintdef(k.oid), c.line)
    FROM types t
    JOIN pg_constraint k ON k.contypid = t.oid AND k.contype = 'c'
    LEFT JOIN comments c ON c.classoid = 'pg_constraint'::regclass AND c.objoid = k.oid
    UNION ALL
    SELECT t.object, 9, 0, c.line
    FROM types t JOIN comments c ON c.classoid = 'pg_type'::regclass AND c.objoid = t.oid
    UNION ALL
    SELECT r.object, 9, 0, c.line
    FROM relations r JOIN comments c ON c.classoid = 'pg_type'::regclass AND c.objoid = r.reltype
    WHERE r.relkind = 'c'

    -- Functions.
    UNION ALL
    SELECT f.object, 0, 0, concat_ws(' ',
        'returns ' || pg_get_function_result(f.oid),
        'language', (SELECT quote_ident(l.lanname) FROM pg_language l WHERE l.oid = f.prolang),
        CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END,
        CASE WHEN f.proisstrict THEN 'strict' END,
        CASE WHEN f.prosecdef THEN 'security definer' END,
        CASE WHEN f.proleakproof THEN 'leakproof' END,
        CASE WHEN f.prokind = 'w' THEN 'window' END
    )
    FROM functions f
    UNION ALL
    SELECT f.object, 1, 0, 'arguments ' || pg_get_function_arguments(f.oid)
    FROM functions f WHERE pg_get_function_arguments(f.oid) <> ''
    UNION ALL
    SELECT f.object, 2, 0, 'set ' || o FROM functions f, unnest(f.proconfig) o
    UNION ALL
    SELECT f.object, 9, 0, c.line
    FROM functions f JOIN comments c ON c.classoid = 'pg_proc'::regclass AND c.objoid = f.oid

    -- What is rarer, by its name and what it is on.
    UNION ALL
    SELECT 'statistics ' || s.name || '.' || quote_ident(x.stxname), 0, 0, concat_ws(' ',
        'on', x.stxrelid::regclass,
        '(' || (
            SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = x.stxrelid AND a.attnum = ANY (x.stxkeys)
        ) || ')',
        'kinds', (SELECT string_agg(k::text, '' ORDER BY k::text COLLATE "C") FROM unnest(x.stxkind) k)
    )
    FROM pg_statistic_ext x JOIN schemas s ON s.oid = x.stxnamespace
    UNION ALL
    SELECT 'collation ' || s.name || '.' || quote_ident(l.collname), 0, 0,
        CASE WHEN NOT l.collisdeterministic THEN 'not deterministic' ELSE '' END
    FROM pg_collation l JOIN schemas s ON s.oid = l.collnamespace
    UNION ALL
    SELECT 'operator ' || s.name || '.' || o.oprname || '(' ||
        CASE o.oprleft WHEN 0 THEN 'none' ELSE format_type(o.oprleft, NULL) END || ', ' || format_type(o.oprright, NULL) || ')',
        0, 0, CASE WHEN o.oprcode = 0 THEN 'shell' ELSE 'function ' || o.oprcode::text END
    FROM pg_operator o JOIN schemas s ON s.oid = o.oprnamespace
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_operator'::regclass AND b.objid = o.oid)
    UNION ALL
    SELECT 'operator class ' || s.name || '.' || quote_ident(o.opcname) || ' using ' || a.amname, 0, 0,
        concat_ws(' ', 'for', format_type(o.opcintype, NULL), CASE WHEN o.opcdefault THEN 'default' END)
    FROM pg_opclass o JOIN schemas s ON s.oid = o.opcnamespace JOIN pg_am a ON a.oid = o.opcmethod
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_opclass'::regclass AND b.objid = o.oid)
    UNION ALL
    SELECT 'cast (' || format_type(k.castsource, NULL) || ' as ' || format_type(k.casttarget, NULL) || ')', 0, 0,
        CASE k.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'assignment' ELSE 'implicit' END
    FROM pg_cast k
    WHERE k.oid >= 16384
        AND NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_cast'::regclass AND b.objid = k.oid)
    UNION ALL
    SELECT 'text search configuration ' || s.name || '.' || quote_ident(x.cfgname), 0, 0, ''
    FROM pg_ts_config x JOIN schemas s ON s.oid = x.cfgnamespace
    UNION ALL
    SELECT 'text search dictionary ' || s.name || '.' || quote_ident(x.dictname), 0, 0, ''
    FROM pg_ts_dict x JOIN schemas s ON s.oid = x.dictnamespace
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_ts_dict'::regclass AND b.objid = x.oid)
    UNION ALL
    SELECT 'event trigger ' || quote_ident(v.evtname), 0, 0, ''
    FROM pg_event_trigger v
    UNION ALL
    SELECT 'publication ' || quote_ident(p.pubname), 0, 0, CASE WHEN p.puballtables THEN 'all tables' ELSE '' END
    FROM pg_publication p
    UNION ALL
    SELECT 'publication ' || quote_ident(p.pubname), 1, 0, 'table ' || m.prrelid::regclass
    FROM pg_publication p JOIN pg_publication_rel m ON m.prpubid = p.oid
    UNION ALL
    SELECT 'foreign-data wrapper ' || quote_ident(w.fdwname), 0, 0, ''
    FROM pg_foreign_data_wrapper w
    WHERE NOT EXISTS (SELECT FROM brought b WHERE b.classid = 'pg_foreign_data_wrapper'::regclass AND b.objid = w.oid)
    UNION ALL
    SELECT 'server ' || quote_ident(v.srvname), 0, 0, ''
    FROM pg_foreign_server v
)
SELECT object, part, position, line FROM facts
