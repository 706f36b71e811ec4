-- file: 0001_create.sql
CREATE TABLE "posts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "title" varchar, "user_id" integer);
CREATE INDEX "index_posts_on_user_id" ON "posts" ("user_id");
-- file: 0002_change_null.sql
CREATE TEMPORARY TABLE "aposts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "title" varchar DEFAULT NULL, "user_id" integer DEFAULT NULL);
CREATE INDEX "tindex_aposts_on_user_id" ON "aposts" ("user_id");
INSERT INTO "aposts" ("id","title","user_id") SELECT "id","title","user_id" FROM "posts";
DROP TABLE "posts";
CREATE TABLE "posts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "title" varchar NOT NULL, "user_id" integer DEFAULT NULL);
CREATE INDEX "index_posts_on_user_id" ON "posts" ("user_id");
INSERT INTO "posts" ("id","title","user_id") SELECT "id","title","user_id" FROM "aposts";
DROP TABLE "aposts";
