-- The tales that a story can be modelled on, and how often each was used for one.
CREATE TABLE fairy_tales (
    id          TEXT NOT NULL PRIMARY KEY,
    title       TEXT NOT NULL,
    language    TEXT NOT NULL,
    minimum_age INTEGER NOT NULL CHECK (minimum_age >= 0)
) STRICT;

CREATE TABLE fairy_tale_usage_stats (
    tale_id                  TEXT NOT NULL PRIMARY KEY REFERENCES fairy_tales (id) ON DELETE CASCADE,
    total_generations        INTEGER DEFAULT 0,
    successful_generations   INTEGER DEFAULT 0,
    failed_generations       INTEGER DEFAULT 0,
    avg_generation_time_secs REAL,
    last_generated_at        TEXT,
    created_at               TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at               TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;

INSERT INTO fairy_tales (id, title, language, minimum_age) VALUES
    ('haensel-und-gretel', 'Hänsel und Gretel', 'de', 6),
    ('rotkaeppchen', 'Rotkäppchen', 'de', 4),
    ('bremer-stadtmusikanten', 'Die Bremer Stadtmusikanten', 'de', 4);

-- The Bremen musicians have no count yet: `total_generations` may be NULL, which later migrations have to live with.
INSERT INTO fairy_tale_usage_stats (tale_id, total_generations, successful_generations) VALUES
    ('haensel-und-gretel', 12, 11),
    ('rotkaeppchen', 7, 7),
    ('bremer-stadtmusikanten', NULL, NULL);
