#!/usr/bin/env python3
"""Writes the texts beside it: what a new PostgreSQL database has, and what the extensions that ship with it bring.

    generate.py URL URL …      one connection string for each major version, oldest first, as psql takes them

Everything is read from the servers' own catalogs. Rows are separated by lines, fields by tabs; an empty field is none.
The first field says which major versions have the row: `15-` since 15, `-16` until 16, `15-16`, or nothing for all.
Objects keep the engine's numbers where these are the same in every version (below 10000). Others are given one here:
below 16384 for what is in every database, from 4000000000 for what an extension brings.
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
FIRST_FREE, FIRST_OF_EXTENSIONS = 10000, 4000000000

# How other rows name a row: by number where it is fixed, else by what identifies it.
TYPE = "(select t.oid || ':' || t.typnamespace::regnamespace || '.' || t.typname from pg_type t where t.oid = {})"
TYPES = "(select string_agg(t.oid || ':' || t.typnamespace::regnamespace || '.' || t.typname, ' ' order by u.n) " \
        "from unnest({}::oid[]) with ordinality u(o, n) join pg_type t on t.oid = u.o)"
PROC = "(select f.oid || ':' || f.oid::regprocedure::text from pg_proc f where f.oid = {})"
OPERATOR = "(select o.oid || ':' || o.oid::regoperator::text from pg_operator o where o.oid = {})"
RELATION = "(select r.oid || ':' || r.relnamespace::regnamespace || '.' || r.relname from pg_class r where r.oid = {})"
COLLATION = "(select l.oid || ':' || l.collnamespace::regnamespace || '.' || l.collname from pg_collation l where l.oid = {})"
FAMILY = "(select y.oid || ':' || y.opfmethod || '.' || y.opfname from pg_opfamily y where y.oid = {})"
METHOD = "(select m.oid || ':' || m.amname from pg_am m where m.oid = {})"
LANGUAGE = "(select g.oid || ':' || g.lanname from pg_language g where g.oid = {})"
NAMESPACE = "case {0}::regnamespace::text when 'pg_catalog' then 'p' when 'information_schema' then 'i' when 'pg_toast' then 't' end"
TEXT_SEARCH = "x.oid || ':' || {0} || '.' || x.{1}name"

# name: (catalog, query, columns that hold numbers, key columns for order)
QUERIES = {
    "types": ("pg_type", f"""
        select x.oid, {TYPE.format('x.oid')}, {NAMESPACE.format('x.typnamespace')}, x.typname,
          case when not x.typisdefined then 's' else x.typtype::text end,
          x.typcategory::text || case when x.typispreferred then '!' else '' end, x.typlen, x.typstorage, {TYPE.format('x.typelem')},
          case when x.typsubscript = 'array_subscript_handler'::regproc then 'a' end, {TYPE.format('x.typarray')},
          {COLLATION.format('x.typcollation')}, case when x.typmodin <> 0 then 'm' end,
          case x.typtype when 'c' then {RELATION.format('x.typrelid')} when 'd' then {TYPE.format('x.typbasetype')}
            when 'r' then (select {TYPE.format('r.rngsubtype')} from pg_range r where r.rngtypid = x.oid)
            when 'm' then (select {TYPE.format('r.rngtypid')} from pg_range r where r.rngmultitypid = x.oid) end,
          case x.typtype when 'd' then x.typtypmod::text || case when x.typnotnull then '!' else '' end
            when 'r' then (select {TYPE.format('r.rngmultitypid')} from pg_range r where r.rngtypid = x.oid) end,
          case x.typtype when 'e' then (select string_agg(enumlabel, ' ' order by enumsortorder) from pg_enum where enumtypid = x.oid) end
        from pg_type x where not exists (select from pg_class c where c.reltype = x.oid and c.relkind not in ('r', 'v', 'c', 'f', 'm', 'p'))
          and x.typnamespace <> 'pg_toast'::regnamespace"""),
    "functions": ("pg_proc", f"""
        select x.oid, {PROC.format('x.oid')}, {NAMESPACE.format('x.pronamespace')}, x.proname, x.prokind::text || coalesce(
            (select case when aggkind <> 'n' then aggkind::text || aggnumdirectargs end from pg_aggregate where aggfnoid = x.oid), ''),
          {TYPES.format('x.proargtypes')},
          case when x.proargmodes is not null or x.proargnames is not null then (select
            string_agg(m || coalesce(x.proargnames[n], ''), ' ' order by n) from unnest(coalesce(x.proargmodes::text[],
            array_fill('i'::text, array[x.pronargs::int]))) with ordinality u(m, n)) end,
          {TYPES.format('x.proallargtypes')}, nullif(x.pronargdefaults, 0), {TYPE.format('x.provariadic')},
          case when x.proretset then '*' end, {TYPE.format('x.prorettype')}, case when x.proisstrict then 's' else '' end || x.provolatile::text,
          {LANGUAGE.format('x.prolang')}
        from pg_proc x"""),
    "operators": ("pg_operator", f"""
        select x.oid, {OPERATOR.format('x.oid')}, {NAMESPACE.format('x.oprnamespace')}, x.oprname, {TYPE.format('x.oprleft')},
          {TYPE.format('x.oprright')}, {TYPE.format('x.oprresult')}, {PROC.format('x.oprcode')}, {OPERATOR.format('x.oprcom')},
          {OPERATOR.format('x.oprnegate')} from pg_operator x"""),
    "casts": ("pg_cast", f"""
        select x.oid, '0:', {TYPE.format('x.castsource')}, {TYPE.format('x.casttarget')}, x.castcontext, x.castmethod,
          {PROC.format('x.castfunc')} from pg_cast x"""),
    "access_methods": ("pg_am", f"""
        select x.oid, {METHOD.format('x.oid')}, x.amname, case x.amtype when 't' then 't' else 'i' ||
            (select string_agg(case when pg_indexam_has_property(x.oid, p) then '1' else '0' end, '' order by n)
             from unnest(array['can_order', 'can_unique', 'can_multi_col', 'can_exclude', 'can_include']) with ordinality u(p, n)) end
        from pg_am x"""),
    "operator_families": ("pg_opfamily", f"""
        select x.oid, {FAMILY.format('x.oid')}, {NAMESPACE.format('x.opfnamespace')}, x.opfname, {METHOD.format('x.opfmethod')}
        from pg_opfamily x"""),
    "operator_classes": ("pg_opclass", f"""
        select x.oid, x.oid || ':' || x.opcmethod || '.' || x.opcname, {NAMESPACE.format('x.opcnamespace')}, x.opcname,
          {METHOD.format('x.opcmethod')}, {FAMILY.format('x.opcfamily')}, {TYPE.format('x.opcintype')},
          case when x.opcdefault then 'd' end from pg_opclass x"""),
    "family_members": ("pg_amop", f"""
        select x.oid, '0:', {FAMILY.format('x.amopfamily')}, {TYPE.format('x.amoplefttype')}, {TYPE.format('x.amoprighttype')},
          x.amopstrategy, {OPERATOR.format('x.amopopr')}, case when x.amoppurpose = 'o' then 'o' end from pg_amop x"""),
    "collations": ("pg_collation", f"""
        select x.oid, {COLLATION.format('x.oid')}, {NAMESPACE.format('x.collnamespace')}, x.collname,
          case when x.collisdeterministic then 'd' end from pg_collation x where x.collencoding in (-1, pg_char_to_encoding('UTF8'))"""),
    "languages": ("pg_language", f"""
        select x.oid, {LANGUAGE.format('x.oid')}, x.lanname, case when x.lanpltrusted then 't' end from pg_language x"""),
    "relations": ("pg_class", f"""
        select x.oid, {RELATION.format('x.oid')}, {NAMESPACE.format('x.relnamespace')}, x.relname, x.relkind, {TYPE.format('x.reltype')},
          (select string_agg(a.attname || ' ' || {TYPE.format('a.atttypid')} || ' ' || case when a.atttypmod >= 0 then a.atttypmod::text else '' end
             || case when a.attnotnull then '!' else '' end || case when a.attcollation <> t.typcollation then '=' || a.attcollation else '' end, '|'
             order by a.attnum) from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = x.oid and a.attnum > 0)
        from pg_class x where x.relkind in ('r', 'v', 'c', 'S', 'm', 'f', 'p')"""),
    "text_search": (None, f"""
        select x.oid, {TEXT_SEARCH.format("'c'", 'cfg')}, 'c', x.cfgname, {NAMESPACE.format('x.cfgnamespace')} from pg_ts_config x union all
        select x.oid, {TEXT_SEARCH.format("'d'", 'dict')}, 'd', x.dictname, {NAMESPACE.format('x.dictnamespace')} from pg_ts_dict x union all
        select x.oid, {TEXT_SEARCH.format("'p'", 'prs')}, 'p', x.prsname, {NAMESPACE.format('x.prsnamespace')} from pg_ts_parser x union all
        select x.oid, {TEXT_SEARCH.format("'t'", 'tmpl')}, 't', x.tmplname, {NAMESPACE.format('x.tmplnamespace')} from pg_ts_template x"""),
    "foreign_data_wrappers": ("pg_foreign_data_wrapper", """
        select x.oid, x.oid || ':' || x.fdwname, x.fdwname from pg_foreign_data_wrapper x"""),
}
# Catalogs whose rows have a number that others refer to, and are printed with it.
NUMBERED = [name for name in QUERIES if name not in ("casts", "family_members")]
OF_TEXT_SEARCH = "('pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass)"
# What is in every database but belongs to nobody's schema.
PLAIN = {
    "roles": "select rolname from pg_roles where rolname like 'pg\\_%'",
}
# Those that later versions no longer ship; where any other is missing from a server, that is how it was built.
SHIPPED = {"adminpack": (14, 16), "old_snapshot": (14, 16), "pg_walinspect": (15, 99), "pg_logicalinspect": (18, 99)}


def ask(url, statements):
    """The result of each query, as rows of fields."""
    script = "\\set ON_ERROR_STOP 1\n\\set QUIET 1\nset search_path = '';\n"
    for statement in statements:
        if statement.lstrip().lower().startswith(("select", "with")):
            statement = "copy (" + " ".join(statement.split()) + ") to stdout; \\echo '\\\\.'"
            script += statement + "\n"
        else:
            script += statement + ";\n"
    run = subprocess.run(["psql", "-X", "-At", url], input=script, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    tables, rows = [], []
    for line in run.stdout.split("\n"):
        if line == "\\.":
            tables.append(rows)
            rows = []
        elif line:
            rows.append([("" if field == "\\N" else field.replace("\\\\", "\\")) for field in line.split("\t")])
    return tables


def query(name, extension=None):
    catalog, text = QUERIES[name]
    depend = "exists (select from pg_depend d where d.objid = x.oid and d.classid {} and d.deptype = 'e' and d.refclassid = " \
             "'pg_extension'::regclass and d.refobjid = (select oid from pg_extension where extname = '" + (extension or "") + "'))"
    condition = depend.format(f"= '{catalog}'::regclass" if catalog else f"in {OF_TEXT_SEARCH}") if extension else "x.oid < 16384"
    if extension and name == "types":
        # Array types, row types and multiranges hang on what they are made of.
        condition += " or exists (select from pg_type e where e.typarray = x.oid and " + depend.replace("x.oid", "e.oid").format("= 'pg_type'::regclass") + ")"
        condition += " or exists (select from pg_class c where c.oid = x.typrelid and " + depend.replace("x.oid", "c.oid").format("= 'pg_class'::regclass") + ")"
        condition += " or exists (select from pg_class c join pg_type e on e.typrelid = c.oid where e.typarray = x.oid and " + depend.replace("x.oid", "c.oid").format("= 'pg_class'::regclass") + ")"
    if extension and name == "relations":
        # The relation of a composite type hangs on the type.
        condition += " or exists (select from pg_type e where e.typrelid = x.oid and " + depend.replace("x.oid", "e.oid").format("= 'pg_type'::regclass") + ")"
    if extension and name == "family_members":
        condition = "exists (select from pg_opfamily y where y.oid = x.amopfamily and " + depend.replace("x.oid", "y.oid").format("= 'pg_opfamily'::regclass") + \
            ") or (x.oid >= 16384 and " + depend.format("= 'pg_amop'::regclass") + ")"
    text = " ".join(text.split())
    if name == "text_search":
        return f"select * from ({text}) x(oid, key, kind, name, namespace) where {condition}"
    if " where not exists" in text:
        return text + f" and ({condition})"
    return text + (" and " if " from pg_class x where" in text or " from pg_collation x where" in text else " where ") + f"({condition})"


class Numbers:
    """Numbers of objects by what identifies them."""

    def __init__(self):
        self.given, self.next, self.next_of_extensions, self.taken = {}, FIRST_FREE, FIRST_OF_EXTENSIONS, set()

    def of(self, catalog, reference, extension):
        oid, key = reference.split(":", 1)
        if int(oid) < FIRST_FREE:
            return oid
        key = (catalog, key)
        if key not in self.given:
            if int(oid) >= 16384:
                # What an extension refers to is its own or that of one it depends on.
                self.given[key] = self.next_of_extensions
                self.next_of_extensions += 1
            else:
                self.given[key] = self.next
                self.next += 1
        return str(self.given[key])


# Which catalog the references of each column are to, by position after the leading number and key.
REFERENCES = {
    "types": {6: "types", 8: "types", 9: "collations", 11: None, 12: "types"},
    "functions": {3: "types", 5: "types", 7: "types", 9: "types", 11: "languages"},
    "operators": {2: "types", 3: "types", 4: "types", 5: "functions", 6: "operators", 7: "operators"},
    "casts": {0: "types", 1: "types", 4: "functions"},
    "operator_families": {2: "access_methods"},
    "operator_classes": {2: "access_methods", 3: "operator_families", 4: "types"},
    "family_members": {0: "operator_families", 1: "types", 2: "types", 4: "operators"},
    "relations": {3: "types"},
}


def number(numbers, name, row, extension):
    """A row with references replaced by numbers."""
    own, fields = row[1], row[2:]
    for position, catalog in REFERENCES.get(name, {}).items():
        if fields[position] and ":" in fields[position]:
            if name == "types" and position == 11:
                catalog = "relations" if fields[2] == "c" else "types"
            several = fields[position].split(" ") if name == "functions" else [fields[position]]
            fields[position] = " ".join(numbers.of(catalog, each, extension) for each in several)
    if name == "relations" and fields[4]:
        columns = [column.split(" ") for column in fields[4].split("|")]
        fields[4] = "|".join(f"{column[0]} {numbers.of('types', column[1], extension)} {column[2]}".rstrip() for column in columns)
    if name in NUMBERED:
        fields.insert(0, numbers.of(name, own, extension))
    return fields


def versions(have, possible):
    """The first field of a row."""
    have = sorted(have)
    if have == possible:
        return ""
    low = "" if have[0] == possible[0] else str(have[0])
    high = "" if have[-1] == possible[-1] else str(have[-1])
    assert have == [version for version in possible if have[0] <= version <= have[-1]], have
    return low + "-" + high


def text_of(rows, possible, order):
    lines = []
    for fields, have in rows.items():
        lines.append((order(fields), versions(have, possible), fields))
    lines.sort()
    return "".join("\t".join((which,) + fields).rstrip("\t") + "\n" for _, which, fields in lines)


def by_name(name):
    position = {"types": 2, "functions": 2, "operators": 2, "operator_families": 2, "operator_classes": 2, "collations": 2, "relations": 2,
                "languages": 1, "access_methods": 1, "text_search": 2, "foreign_data_wrappers": 1}.get(name)
    if position is None:
        return lambda fields: tuple(int(field) if field.isdigit() else 0 for field in fields)
    return lambda fields: (fields[position], int(fields[0]))


def main(urls):
    numbers, all_versions = Numbers(), []
    tables = {name: {} for name in list(QUERIES) + list(PLAIN)}
    extensions, brought = {}, {}
    servers = {}
    for url in urls:
        version = int(ask(url, ["select current_setting('server_version_num')::int / 10000"])[0][0][0])
        servers[version] = url
    possible = sorted(servers)
    for version in possible:
        url = servers[version]
        names = list(QUERIES)
        for name, rows in zip(names, ask(url, [query(name) for name in names])):
            for row in rows:
                fields = tuple(number(numbers, name, row, None))
                tables[name].setdefault(fields, set()).add(version)
        for name, rows in zip(PLAIN, ask(url, list(PLAIN.values()))):
            for row in rows:
                tables[name].setdefault(tuple(row), set()).add(version)
        available = ask(url, ["select a.name, a.default_version, array_to_string(v.requires, ' '), v.schema, case when v.relocatable then 'r' else '' end || "
                              "case when v.trusted then 't' else '' end from pg_available_extensions a join pg_available_extension_versions v "
                              "on v.name = a.name and v.version = a.default_version where a.name !~ '(plperl|plpython|pltcl|plpgsql)'"])[0]
        for row in available:
            extensions.setdefault(tuple(row), set()).add(version)
            results = ask(url, ["begin", f'create extension "{row[0]}" schema ' + (row[3] or "public") + " cascade"]
                          + [query(name, row[0]) for name in names] + ["rollback"])
            for name, rows in zip(names, results):
                for each in rows:
                    fields = (row[0], name, *number(numbers, name, each, row[0]))
                    brought.setdefault(fields, set()).add(version)
    # Collations of the operating system and of ICU are those of the server with the most: no version's own.
    theirs = [fields for fields in tables["collations"] if int(fields[0]) >= FIRST_FREE]
    most = max(possible, key=lambda version: sum(version in tables["collations"][fields] for fields in theirs))
    for fields in theirs:
        if most in tables["collations"].pop(fields):
            tables["collations"][fields] = set(possible)
    for name, rows in tables.items():
        if not rows:
            continue
        order = by_name(name) if name in QUERIES else (lambda fields: fields)
        (HERE / f"{name}.tsv").write_text(text_of(rows, possible, order))
    # An extension that only some of the servers were built with is in all versions that ship it.
    lines, seen = [], {}
    for fields, have in extensions.items():
        seen.setdefault(fields[0], set()).update(have)

    def extended(name, have):
        low, high = SHIPPED.get(name, (possible[0], 99))
        shipped = [version for version in possible if low <= version <= high]
        result, known = set(), seen[name]
        for version in shipped:
            nearest = min(known, key=lambda other: (abs(other - version), other))
            if nearest in have:
                result.add(version)
        return result

    for fields, have in extensions.items():
        lines.append((fields[0], 0, (), versions(extended(fields[0], have), possible), ("extension",) + fields))
    order = list(QUERIES)
    for fields, have in brought.items():
        key = by_name(fields[1])(fields[2:])
        lines.append((fields[0], 1 + order.index(fields[1]), key, versions(extended(fields[0], have), possible), fields[1:]))
    lines.sort(key=lambda line: (line[0], line[1], str(line[2])))
    (HERE / "extensions.tsv").write_text("".join("\t".join((line[3],) + line[4]).rstrip("\t") + "\n" for line in lines))


if __name__ == "__main__":
    main(sys.argv[1:])
