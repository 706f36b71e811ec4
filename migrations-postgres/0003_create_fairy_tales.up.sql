-- The tales that a story can be modelled on, and how often each was used for one.
CREATE TABLE tales.fairy_tales (
    id          text PRIMARY KEY,
    title       text NOT NULL,
    language    text NOT NULL,
    minimum_age smallint NOT NULL CHECK (minimum_age >= 0)
);

CREATE TABLE tales.fairy_tale_usage_stats (
    tale_id                  text PRIMARY KEY REFERENCES tales.fairy_tales (id) ON DELETE CASCADE,
    total_generations        integer DEFAULT 0,
    successful_generations   integer DEFAULT 0,
    failed_generations       integer DEFAULT 0,
    avg_generation_time_secs double precision,
    last_generated_at        timestamptz,
    created_at               timestamptz NOT NULL DEFAULT now(),
    updated_at               timestamptz NOT NULL DEFAULT now()
);

INSERT INTO tales.fairy_tales (id, title, language, minimum_age) VALUES
    ('haensel-und-gretel', 'Hänsel und Gretel', 'de', 6),
    ('rotkaeppchen', 'Rotkäppchen', 'de', 4),
    ('bremer-stadtmusikanten', 'Die Bremer Stadtmusikanten', 'de', 4);

-- The Bremen musicians have no count yet: `total_generations` may be NULL, which later migrations have to live with.
INSERT INTO tales.fairy_tale_usage_stats (tale_id, total_generations, successful_generations) VALUES
    ('haensel-und-gretel', 12, 11),
    ('rotkaeppchen', 7, 7),
    ('bremer-stadtmusikanten', NULL, NULL);
