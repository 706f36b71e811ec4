CREATE TABLE t (
    "type" TEXT,
    "self" TEXT,
    "crate" TEXT,
    "gen" TEXT,
    createdAt TEXT,
    created_at TEXT,
    "created at" TEXT,
    "table" TEXT,
    "columns" TEXT,
    "insert" TEXT,
    "2fa" TEXT,
    "🦀" TEXT,
    "🦞" TEXT,
    "" TEXT,
    "größe" TEXT,
    "`quoted`" TEXT
);
