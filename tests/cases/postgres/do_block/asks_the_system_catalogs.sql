CREATE TABLE stories (id bigint PRIMARY KEY, title text CONSTRAINT stories_title CHECK (title <> ''));
CREATE INDEX stories_by_title ON stories (title);
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
        CREATE TYPE mood AS ENUM ('calm', 'tense');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'stories_title') THEN
        ALTER TABLE stories ADD COLUMN no_1 int;
    END IF;
    IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relname = 'stories_by_title' AND c.relkind = 'i') THEN
        DROP INDEX stories_by_title;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name = 'stories' AND column_name = 'mood') THEN
        ALTER TABLE stories ADD COLUMN mood mood NOT NULL DEFAULT 'calm';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'tellers') THEN
        CREATE TABLE tellers (id bigint PRIMARY KEY);
    END IF;
    IF to_regclass('public.tellers') IS NOT NULL AND to_regclass('tales') IS NULL THEN
        ALTER TABLE tellers ADD COLUMN name text;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
                   WHERE t.typname = 'mood' AND e.enumlabel = 'eerie') THEN
        ALTER TYPE mood ADD VALUE 'eerie';
    END IF;
    IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'stories'::regclass AND attname = 'title' AND NOT attisdropped) THEN
        ALTER TABLE stories RENAME COLUMN title TO name;
    END IF;
END
$$;
