-- file: 0001_cake.sql
CREATE TABLE IF NOT EXISTS "cake" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "price" real_money, "made_at" timestamp_with_timezone_text NOT NULL DEFAULT CURRENT_TIMESTAMP, "tag" uuid_text UNIQUE, "meta" json_text, "cover" varbinary_blob(64) );
CREATE TABLE IF NOT EXISTS "fruit" ( "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cake_id" integer, "weight" double, "ripe" boolean NOT NULL DEFAULT FALSE, FOREIGN KEY ("cake_id") REFERENCES "cake" ("id") ON DELETE SET NULL ON UPDATE CASCADE );
CREATE INDEX IF NOT EXISTS "idx-fruit-cake" ON "fruit" ("cake_id");
-- file: 0002_more.sql
ALTER TABLE "cake" ADD COLUMN "gluten_free" boolean NOT NULL DEFAULT FALSE;
ALTER TABLE "fruit" RENAME COLUMN "weight" TO "grams";
ALTER TABLE "fruit" DROP COLUMN "ripe";
ALTER TABLE "cake" ADD COLUMN "baker_id" integer REFERENCES "cake" ("id") ON DELETE SET NULL;
