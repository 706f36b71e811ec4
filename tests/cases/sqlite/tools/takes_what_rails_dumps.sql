CREATE TABLE IF NOT EXISTS "schema_migrations" ("version" varchar NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS "ar_internal_metadata" ("key" varchar NOT NULL PRIMARY KEY, "value" varchar, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL);
CREATE TABLE IF NOT EXISTS "people" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar DEFAULT 'n/a' NOT NULL, "bio" text, "born_on" date, "height" decimal(5,2) DEFAULT '0.0', "admin" boolean DEFAULT 0 NOT NULL, "data" json DEFAULT '{}', "lock_version" integer DEFAULT 0, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) NOT NULL, CONSTRAINT chk_rails_1 CHECK (height >= 0));
CREATE UNIQUE INDEX "index_people_on_name" ON "people" ("name") /*application='Crm'*/;
CREATE TABLE IF NOT EXISTS "letters" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "person_id" integer NOT NULL, "subject" varchar COLLATE NOCASE, "size" integer GENERATED ALWAYS AS (length(subject)) STORED, CONSTRAINT "fk_rails_0a1b2c3d4e"
FOREIGN KEY ("person_id")
  REFERENCES "people" ("id")
 ON DELETE CASCADE);
CREATE INDEX "index_letters_on_person_id" ON "letters" ("person_id") /*application='Crm'*/;
CREATE INDEX "index_letters_on_lower_subject" ON "letters" (LOWER(subject)) WHERE subject IS NOT NULL;
CREATE VIRTUAL TABLE letters_search USING fts5(subject, content='letters', content_rowid='id', tokenize='porter unicode61')
/* letters_search(subject) */;
INSERT INTO "schema_migrations" (version) VALUES
('20240203040506'),
('20240102030405');
