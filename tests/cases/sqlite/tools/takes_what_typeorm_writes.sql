-- file: 0001_init.sql
CREATE TABLE "photo" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "albumId" varchar, "taken" datetime NOT NULL DEFAULT (datetime('now')), CONSTRAINT "UQ_4b2f" UNIQUE ("name"));
CREATE TABLE "album" ("id" varchar PRIMARY KEY NOT NULL, "kind" varchar CHECK( "kind" IN ('a','b') ) NOT NULL DEFAULT ('a'), "public" boolean NOT NULL DEFAULT (0));
CREATE INDEX "IDX_77" ON "photo" ("albumId") ;
-- file: 0002_relations.sql
DROP INDEX "IDX_77";
CREATE TABLE "temporary_photo" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "albumId" varchar, "taken" datetime NOT NULL DEFAULT (datetime('now')), CONSTRAINT "UQ_4b2f" UNIQUE ("name"), CONSTRAINT "FK_12" FOREIGN KEY ("albumId") REFERENCES "album" ("id") ON DELETE CASCADE ON UPDATE NO ACTION);
INSERT INTO "temporary_photo"("id", "name", "albumId", "taken") SELECT "id", "name", "albumId", "taken" FROM "photo";
DROP TABLE "photo";
ALTER TABLE "temporary_photo" RENAME TO "photo";
CREATE INDEX "IDX_77" ON "photo" ("albumId") ;
CREATE VIEW "photo_view" AS 
    SELECT "photo"."id" AS "id", "photo"."name" AS "name", "album"."kind" AS "kind"
    FROM "photo" "photo" LEFT JOIN "album" "album" ON "photo"."albumId" = "album"."id"
  ;
-- file: 0003_back.sql
DROP VIEW "photo_view";
DROP INDEX "IDX_77";
ALTER TABLE "photo" RENAME TO "temporary_photo";
CREATE TABLE "photo" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "name" varchar NOT NULL, "albumId" varchar, "taken" datetime NOT NULL DEFAULT (datetime('now')), CONSTRAINT "UQ_4b2f" UNIQUE ("name"));
INSERT INTO "photo"("id", "name", "albumId", "taken") SELECT "id", "name", "albumId", "taken" FROM "temporary_photo";
DROP TABLE "temporary_photo";
